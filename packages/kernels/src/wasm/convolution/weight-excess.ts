import type { ConvolutionGeometry } from '../../shared/convolution-geometry.ts'
import { exceedsByte, nearestByte, nearestBytes, twoBytesHold } from '../byte-excess.ts'
import type { PartWeights, Weights } from './pack-weights.ts'
import { rowStride } from './padded-input.ts'
import type { PaddedInput } from './padded-input.ts'

const elementsOfStep = 4

/**
 * Where weights whose zero point is subtracted exceed bytes: for each step of four channels of input, in ascending order, its
 * first element among those of an output channel.
 *
 * Unsigned weights have one zero point for all, so often a single one of thousands exceeds a byte. What it exceeds it by is
 * multiplied in a step of its own, behind those of the bytes.
 *
 * @returns undefined where that does not pay: so many steps that int16 takes less time.
 */
export function weightExcess(
  weights: Weights,
  { inputChannels }: ConvolutionGeometry,
  outputChannels: number,
): readonly number[] | undefined {
  if (weights instanceof Int8Array) return []
  const length = weights.length / outputChannels
  const steps = new Set<number>()
  for (let at = 0; at < weights.length; at++) {
    const weight = weights[at]!
    if (!exceedsByte(weight)) continue
    if (!twoBytesHold(weight)) return undefined
    const element = at % length
    const channel = element % inputChannels
    steps.add(element - (channel % elementsOfStep))
  }
  return steps.size > Math.ceil(length / elementsOfStep) ? undefined : [...steps].sort((a, b) => a - b)
}

/** Bytes from the window of a position to each of the steps. */
export function excessOffsets(
  input: PaddedInput,
  { filterWidth, inputChannels, dilationHeight, dilationWidth }: ConvolutionGeometry,
  excess: readonly number[],
): readonly number[] {
  return excess.map((element) => {
    const pixel = Math.floor(element / inputChannels)
    const [row, column] = [Math.floor(pixel / filterWidth), pixel % filterWidth]
    const inRow = column * dilationWidth * input.columnStride + (element % inputChannels)
    return row * dilationHeight * rowStride(input) + inRow
  })
}

/** Weights in some order, and where those of a channel and a part stand in it. */
export interface OrderedWeights {
  readonly weights: Weights
  readonly weightsOf: (channel: number, part: number) => PartWeights
}

/**
 * Weights as bytes, with parts of one step behind the others for what they exceed bytes by.
 *
 * @param filter weights of each output channel in turn, as {@link weightExcess} saw them.
 * @param parts how many there are without those.
 */
export function withExcess(
  { weights, weightsOf }: OrderedWeights,
  filter: Weights,
  { inputChannels }: ConvolutionGeometry,
  excess: readonly number[],
  outputChannels: number,
  parts: number,
): OrderedWeights {
  const length = filter.length / outputChannels
  const bytes = nearestBytes(weights, weights.length + outputChannels * excess.length * elementsOfStep)
  const startOf = (channel: number, step: number): number =>
    weights.length + (channel * excess.length + step) * elementsOfStep
  const countOf = (element: number): number =>
    Math.min(elementsOfStep, inputChannels - (element % inputChannels))
  for (let channel = 0; channel < outputChannels; channel++) {
    excess.forEach((element, step) => {
      for (let at = 0; at < countOf(element); at++) {
        const weight = filter[channel * length + element + at]!
        bytes[startOf(channel, step) + at] = weight - nearestByte(weight)
      }
    })
  }
  return {
    weights: bytes,
    weightsOf: (channel, part) =>
      part < parts
        ? weightsOf(channel, part)
        : { from: startOf(channel, part - parts), count: countOf(excess[part - parts]!) },
  }
}
