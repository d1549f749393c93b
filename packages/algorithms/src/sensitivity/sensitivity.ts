import type { Calibration, Opener } from '@quantrx/core'
import type { Scheme } from '@quantrx/schemes'
import type { Model } from '@quantrx/tflite'
import { concatMap } from 'rxjs'
import type { Observable } from 'rxjs'
import { generated } from '../graph/abortable.ts'
import { measureSensitivity } from './measure-sensitivity.ts'
import type { OperatorSensitivity, SensitivityOptions } from './measure-sensitivity.ts'

/**
 * Emits, for each calibration, the sensitivity of one operator after the other, as soon as it is measured; see
 * {@link measureSensitivity}. Unsubscribing ends the work after the operator at hand.
 *
 * @example
 * calibrations.pipe(sensitivity(model, int8(), npyFile('samples.npy')), take(5))
 */
export function sensitivity(
  model: Model,
  scheme: Scheme,
  open: Opener,
  options: Omit<SensitivityOptions, 'signal'> = {},
) {
  return (source: Observable<Calibration>): Observable<OperatorSensitivity> =>
    source.pipe(
      concatMap((calibration) =>
        generated((signal) => measureSensitivity(model, calibration, scheme, open, { ...options, signal })),
      ),
    )
}
