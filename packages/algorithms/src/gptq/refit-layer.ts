import type { ConstantReplacement } from '../graph/replace-constant.ts'
import type { SampleBatch } from '../graph/sample-batch.ts'
import { fitLayer } from './fit-layer.ts'
import { addToMoments, chosenPositions, emptyMoments } from './layer-moments.ts'
import type { LayerMoments } from './layer-moments.ts'
import type { RoundableLayer } from './roundable-layer.ts'
import { biasBytes, weightBytes } from './stored-weights.ts'

/** Rows of inputs that a layer looks at, for each of its weights of an output channel; and at least so many. */
const rowsPerColumn = 16
const fewestRows = 4096

/** With so few levels the errors of rounding are large enough to be worth making good, and clipping pays. */
const coarse = 7
const clippings = [1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6]

/** New weights and bias of a layer in front of which both batches stand. */
export function refitLayer(
  target: RoundableLayer,
  own: SampleBatch,
  float: SampleBatch,
  damping: number,
): readonly ConstantReplacement[] {
  const { layer, input, weights, bias } = target
  const isCoarse = weights.stored.limit <= coarse
  const fitted = fitLayer({
    ...{ layer, damping, moments: momentsOf(target, own, float), inputScale: input.scale },
    ...{ floatWeights: weights.float, stored: weights.stored, hasBias: bias !== undefined },
    target: isCoarse ? 'float-inputs' : 'own-inputs',
    scaleFactors: isCoarse ? clippings : [1],
  })
  const quantization = { ...weights.tensor.quantization!, scale: fitted.scales }
  const newWeights = { tensor: weights.index, data: weightBytes(weights.tensor, fitted.levels), quantization }
  if (bias === undefined) return [newWeights]
  const values = Float64Array.from(bias.float, (value, channel) => value + fitted.biasChange[channel]!)
  if (bias.tensor.type === 'FLOAT32') {
    return [newWeights, { tensor: bias.index, data: new Uint8Array(Float32Array.from(values).buffer) }]
  }
  const scale = fitted.scales.map((each) => Math.fround(input.scale * each))
  return [
    newWeights,
    {
      tensor: bias.index,
      data: biasBytes(bias.tensor, values, scale),
      quantization: { ...bias.tensor.quantization!, scale },
    },
  ]
}

function momentsOf(
  { layer, input, floatInput, weights }: RoundableLayer,
  own: SampleBatch,
  float: SampleBatch,
): LayerMoments {
  const moments = emptyMoments(layer, weights.stored.limit <= coarse)
  const limit = Math.max(fewestRows, rowsPerColumn * layer.depth)
  const references = float.tensors(floatInput)
  own.tensors(input.index).forEach(({ data }, sample) => {
    const stored = data as Int8Array
    const inputs = { stored, zeroPoint: input.zeroPoint, float: references[sample]!.data as Float32Array }
    addToMoments(layer, moments, inputs, chosenPositions(layer.positions, sample, own.size, limit))
  })
  return moments
}
