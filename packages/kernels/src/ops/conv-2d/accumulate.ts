import type { Accumulate } from '../../shared/convolve-integer.ts'
import { multiplyIntegers } from '../../shared/matrix-vector.ts'
import { gatherPatch, isPointwise } from '../../shared/patches.ts'
import type { Sums } from '../../shared/sums.ts'
import type { Conv2dGeometry } from './geometry.ts'

/**
 * The integer part of CONV_2D: for every output position `bias + sum(filter * input)` in sums of the bias's kind, on
 * integers whose zero points have been subtracted.
 */
export function conv2dAccumulate<Values extends Sums>(
  geometry: Conv2dGeometry,
  filter: Int16Array,
  bias: Values,
): Accumulate<Values> {
  const { batches, inputChannels, outputHeight, outputWidth, outputChannels, groups } = geometry
  const depth = inputChannels / groups
  const rows = outputChannels / groups
  const length = geometry.filterHeight * geometry.filterWidth * depth
  const patch = new Int16Array(length)
  const accumulators = bias.slice() as Values
  const pointwise = isPointwise(geometry, groups)
  return (input, sink) => {
    let at = 0
    for (let batch = 0; batch < batches; batch++) {
      for (let row = 0; row < outputHeight; row++) {
        for (let column = 0; column < outputWidth; column++) {
          for (let group = 0; group < groups; group++) {
            if (pointwise) {
              const from = ((batch * outputHeight + row) * outputWidth + column) * inputChannels
              multiplyIntegers(input, from, length, filter, bias, 0, rows, accumulators)
            } else {
              gatherPatch(input, patch, geometry, batch, row, column, group * depth, depth)
              multiplyIntegers(patch, 0, length, filter, bias, group * rows, rows, accumulators)
            }
          }
          sink(accumulators, batch, at)
          at += outputChannels
        }
      }
    }
  }
}
