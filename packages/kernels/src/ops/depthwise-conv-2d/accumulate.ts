import type { Accumulate } from '../../shared/convolve-integer.ts'
import type { Sums } from '../../shared/sums.ts'
import type { DepthwiseConv2dGeometry } from './geometry.ts'
import { forEachPosition, forEachTap } from './taps.ts'

/**
 * The integer part of DEPTHWISE_CONV_2D: for every output position `bias + sum(filter * input)` in sums of the
 * bias's kind, on integers whose zero points have been subtracted.
 */
export function depthwiseConv2dAccumulate<Values extends Sums>(
  geometry: DepthwiseConv2dGeometry,
  filter: Int16Array,
  bias: Values,
): Accumulate<Values> {
  const { inputChannels, depthMultiplier } = geometry
  const accumulators = bias.slice() as Values
  const wide = accumulators instanceof Float64Array
  return (input, sink) => {
    forEachPosition(geometry, (batch, row, column, at) => {
      accumulators.set(bias)
      forEachTap(geometry, 'rows', batch, row, column, (inputAt, filterAt) => {
        if (wide) addWide(accumulators, input, inputAt, filter, filterAt, inputChannels, depthMultiplier)
        else if (depthMultiplier === 1)
          addProducts(accumulators, input, inputAt, filter, filterAt, inputChannels)
        else addMultiplied(accumulators, input, inputAt, filter, filterAt, inputChannels, depthMultiplier)
      })
      sink(accumulators, batch, at)
    })
  }
}

function addProducts(
  accumulators: Sums,
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
  accumulators: Sums,
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

function addWide(
  accumulators: Float64Array,
  input: Int16Array,
  inputAt: number,
  filter: Int16Array,
  filterAt: number,
  channels: number,
  depthMultiplier: number,
): void {
  for (let to = 0; to < channels * depthMultiplier; to++) {
    const value = input[inputAt + Math.floor(to / depthMultiplier)]!
    accumulators[to] = accumulators[to]! + value * filter[filterAt + to]!
  }
}
