import type { Calibration } from '@quantrx/core'
import type { Model } from '@quantrx/tflite'
import { map } from 'rxjs'
import type { Observable } from 'rxjs'
import type { ChannelRanges } from './channel-ranges.ts'
import { equalizeModel } from './equalize-model.ts'
import type { EqualizeOptions, Equalization } from './equalize-model.ts'

/**
 * Equalizes a model by every calibration of its channels; see {@link equalizeModel}. Quantize the equalized model with its own
 * calibration, or with `equalizeCalibration` of one from the same pass.
 *
 * @example
 * samples(open).pipe(infer(model), observe({ channels: channelRanges() }), equalize(model))
 */
export function equalize(model: Model, options: EqualizeOptions = {}) {
  return (source: Observable<Calibration<string, ChannelRanges>>): Observable<Equalization> =>
    source.pipe(map((calibration) => equalizeModel(model, calibration, options)))
}
