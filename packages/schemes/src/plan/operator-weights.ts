import { elementCount } from '@quantrx/core'
import { largestFloat16, roundToBfloat16, roundToFloat16, smallestFloat16 } from '../parameters/float16.ts'
import { blocks, largestLevels, symmetricScales } from '../parameters/symmetric.ts'
import type { TensorParameters } from '../parameters/activation.ts'
import type { GraphView } from './graph-view.ts'
import type { StoredParameters } from './plan.ts'
import type { ActivationType, IntegerWeights } from './treatment.ts'

/**
 * How a constant is stored as symmetric integers.
 *
 * @param channelAxis Dimension of the channels, for one scale each.
 * @throws never; blocks that do not divide the innermost dimension are for the caller to refuse, see {@link fitsBlocks}.
 */
export function integerWeights(
  graph: GraphView,
  tensor: number,
  channelAxis: number,
  { bits, granularity, rounding = 'nearest' }: IntegerWeights,
): StoredParameters {
  const shape = graph.shapeOf(tensor)
  const type = bits === 4 ? 'int4' : 'int8'
  if (granularity.kind === 'block') {
    const slices = blocks(elementCount(shape), granularity.size)
    const scales = symmetricScales(graph.magnitudesOf(tensor, slices), bits).map(blockScale)
    const zeroPoints = scales.map(() => 0)
    return { type, scales, zeroPoints, axis: 0, narrow: true, blockSize: granularity.size }
  }
  const axis = granularity.kind === 'channel' ? channelAxis : undefined
  const trained = bits === 8 ? trainedWeights(graph, tensor, axis) : undefined
  if (trained !== undefined) return trained
  const scales = symmetricScales(graph.magnitudesOf(tensor, { shape, axis }), bits)
  return { ...symmetric(type, scales, axis ?? 0), ...(rounding === 'nearest' ? {} : { rounding }) }
}

/** What training has settled for weights, where integers that are symmetric hold it. */
function trainedWeights(
  graph: GraphView,
  tensor: number,
  axis: number | undefined,
): StoredParameters | undefined {
  const { scales, zeroPoints, axis: trainedAxis } = graph.trained(tensor)?.int8 ?? {}
  if (scales === undefined || zeroPoints?.some((zeroPoint) => zeroPoint !== 0) === true) return undefined
  if (scales.length > 1 && trainedAxis !== axis) return undefined
  const slices = { shape: graph.shapeOf(tensor), axis: scales.length > 1 ? axis : undefined }
  const fits = graph
    .magnitudesOf(tensor, slices)
    .every((magnitude, slice) => magnitude < scales[slice]! * (largestLevels[8] + 0.5))
  return fits ? symmetric('int8', scales, trainedAxis ?? 0) : undefined
}

/** Parameters of an activation as a plan has them. */
export function stored({ scale, zeroPoint }: TensorParameters, type: ActivationType): StoredParameters {
  return { type, scales: [scale], zeroPoints: [zeroPoint], axis: 0 }
}

/** Symmetric parameters of a type; weights are narrow. */
export function symmetric(
  type: StoredParameters['type'],
  scales: readonly number[],
  axis: number,
): StoredParameters {
  return {
    ...{ type, scales, zeroPoints: scales.map(() => 0), axis },
    ...(type === 'int8' || type === 'int4' ? { narrow: true } : {}),
  }
}

/** True where blocks of a size divide the innermost dimension of a constant. */
export function fitsBlocks(graph: GraphView, tensor: number, size: number): boolean {
  return (graph.shapeOf(tensor).at(-1) ?? 0) % size === 0
}

/**
 * The scale of a block as the file and the runtime have it: the format stores float16, XNNPACK keeps the upper half of the
 * float32 of that. A scale that both can hold means the same everywhere, and is what the weights are divided by.
 */
function blockScale(scale: number): number {
  const rounded = roundToFloat16(roundToBfloat16(scale))
  return Math.min(Math.max(rounded, smallestFloat16), largestFloat16)
}
