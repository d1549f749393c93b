import type { Calibration } from '@quantrx/core'
import type { Model } from '@quantrx/tflite'
import { trainedRange } from './trained-quantization.ts'
import { withoutFakeQuantization } from './without-fake-quantization.ts'

/**
 * The ranges that quantization-aware training has left in a model, as a calibration without samples: enough to quantize it where
 * training has settled all activations.
 *
 * @returns undefined for models that were trained without.
 *
 * @example
 * const calibration = trainedCalibration(model)
 * if (calibration !== undefined) quantizeModel(model, calibration, int8())
 */
export function trainedCalibration(model: Model): Calibration | undefined {
  const { trained } = withoutFakeQuantization(model)
  const tensors = trained.flatMap((settled, subgraph) =>
    [...settled].flatMap(([index, quantization]) => {
      if (quantization.parameters.scales.length > 1) return []
      const name = model.subgraphs?.[subgraph]?.tensors?.[index]?.name ?? ''
      return [{ subgraph, index, name, result: trainedRange(quantization) }]
    }),
  )
  if (tensors.length === 0) return undefined
  return { kind: 'calibration', strategy: 'trained', observer: 'trained', samples: 0, tensors }
}
