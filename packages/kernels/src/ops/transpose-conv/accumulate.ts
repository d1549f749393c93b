import type { ConvolutionGeometry } from '../../shared/convolution-geometry.ts'
import type { Accumulate } from '../../shared/convolve-integer.ts'
import type { Sums } from '../../shared/sums.ts'
import { conv2dAccumulate } from '../conv-2d/accumulate.ts'
import { transposeConvPhases } from './phases.ts'

/**
 * The integer part of TRANSPOSE_CONV: for every output position `bias + sum(filter * input)` in sums of the bias's kind,
 * on integers whose zero points have been subtracted.
 */
export function transposeConvAccumulate<Values extends Sums>(
  geometry: ConvolutionGeometry,
  filter: Int16Array,
  bias: Values,
): Accumulate<Values> {
  const phases = transposeConvPhases(geometry, filter).map((phase) => ({
    outputAt: (at: number) => phase.outputAt(at),
    run: conv2dAccumulate(phase.geometry, phase.filter, bias),
  }))
  return (input, sink) => {
    for (const { run, outputAt } of phases) {
      run(input, (sums, batch, at) => sink(sums, batch, outputAt(at)))
    }
  }
}
