import type { Accumulate } from '../../shared/convolve-integer.ts'
import type { DepthwiseConv2dGeometry } from './geometry.ts'
import { forEachPosition, forEachTap } from './taps.ts'

/**
 * The integer part of DEPTHWISE_CONV_2D: for every output position `bias + sum(filter * input)` in int32, on integers
 * whose zero points have been subtracted.
 */
export function depthwiseConv2dAccumulate(
  geometry: DepthwiseConv2dGeometry,
  filter: Int16Array,
  bias: Int32Array,
): Accumulate {
  const { inputChannels, outputChannels, depthMultiplier } = geometry
  const accumulators = new Int32Array(outputChannels)
  return (input, sink) => {
    forEachPosition(geometry, (batch, row, column, at) => {
      accumulators.set(bias)
      forEachTap(geometry, 'rows', batch, row, column, (inputAt, filterAt) => {
        if (depthMultiplier === 1) addProducts(accumulators, input, inputAt, filter, filterAt, inputChannels)
        else addMultiplied(accumulators, input, inputAt, filter, filterAt, inputChannels, depthMultiplier)
      })
      sink(accumulators, batch, at)
    })
  }
}

function addProducts(
  accumulators: Int32Array,
  input: Int16Array,
  inputAt: number,
  filter: Int16Array,
  filterAt: number,
  channels: number,
): void {
  for (let channel = 0; channel < channels; channel++) {
    const product = Math.imul(input[inputAt + channel]!, filter[filterAt + channel]!)
    accumulators[channel] = (accumulators[channel]! + product) | 0
  }
}

function addMultiplied(
  accumulators: Int32Array,
  input: Int16Array,
  inputAt: number,
  filter: Int16Array,
  filterAt: number,
  channels: number,
  depthMultiplier: number,
): void {
  let to = 0
  for (let channel = 0; channel < channels; channel++) {
    const value = input[inputAt + channel]!
    for (let copy = 0; copy < depthMultiplier; copy++, to++) {
      accumulators[to] = (accumulators[to]! + Math.imul(value, filter[filterAt + to]!)) | 0
    }
  }
}
