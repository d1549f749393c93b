import { constant } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { GeneratedKernel } from '../kernel.ts'
import { emitLoops } from '../loops.ts'
import type { Share } from '../share.ts'
import { emitChannelBlocks } from './channel-blocks.ts'
import type { AxisGroup, ReducedAxes } from './reduced-axes.ts'
import { shareOfAxes } from './share-axes.ts'
import { elementBytes } from './window-reduction.ts'
import type { WindowReduction } from './window-reduction.ts'

/**
 * An operator that reduces axes, such as MEAN: each output is the reduction of a window whose rows and columns are the groups of
 * reduced axes.
 */
export function reductionKernel(
  axes: ReducedAxes,
  reduction: WindowReduction,
  share?: Share,
): GeneratedKernel {
  const bytes = elementBytes[reduction.type]
  const none: AxisGroup = { size: 1, step: 0 }
  const [columns = none, rows = none] = axes.reduced.toReversed()
  const window = {
    ...{ rows: rows.size, rowStride: rows.step * bytes },
    ...{ columns: columns.size, columnStride: columns.step * bytes },
  }
  const part = shareOfAxes(axes, 16 / bytes, share)
  return {
    name: reduction.type,
    constants: [],
    scratchBytes: 0,
    emit(f, { inputs: [input = 0], output }) {
      const [start, from, to] = [f.local('i32'), f.local('i32'), f.local('i32')]
      f.set(start, constant(input + part.inputAt * bytes))
      f.set(to, constant(output + part.outputAt * bytes))
      const compute = reduction.begin(f)(window)
      const loops = part.kept.map(({ size, step }) => ({ count: size, steps: [step * bytes] }))
      emitLoops(f, loops, [start], () => {
        f.set(from, get(start))
        emitChannelBlocks(f, part.channels * bytes, from, to, () => compute(from))
      })
    },
  }
}
