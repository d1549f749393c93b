import type { Calibration, ProgressListener } from '@quantrx/core'
import type { Model } from '@quantrx/tflite'
import { map, tap } from 'rxjs'
import type { Observable } from 'rxjs'
import type { Candidate } from './candidate.ts'
import { quantizeModel } from './quantize-model.ts'
import type { Scheme } from './scheme.ts'

/** Choices of `quantize`. */
export interface QuantizeOptions {
  /** Told after each candidate. */
  readonly onProgress?: ProgressListener
}

/**
 * Turns every calibration of a model into a quantized candidate.
 *
 * Errors: what {@link quantizeModel} throws.
 *
 * @example
 * calibrations.pipe(quantize(model, int8()))
 */
export function quantize(model: Model, scheme: Scheme, { onProgress }: QuantizeOptions = {}) {
  return <Strategy extends string>(
    source: Observable<Calibration<Strategy>>,
  ): Observable<Candidate<Strategy>> =>
    source.pipe(
      map((calibration) => quantizeModel(model, calibration, scheme)),
      tap(({ strategy }) => onProgress?.({ stage: 'quantize', kind: 'candidate', strategy })),
    )
}
