import type { ElementWalk } from '../../shared/element-walk.ts'
import { constant, load, operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import type { GeneratedKernel } from '../kernel.ts'
import type { Share } from '../share.ts'
import { emitRow } from './strided-copy.ts'
import { walkLoops } from './walk-loops.ts'
import type { WalkLoop, WalkLoops } from './walk-loops.ts'

/**
 * Operators that move elements of `elementBytes`, 1 to 8, from one input to one or more outputs: TRANSPOSE, SLICE, TILE, SPLIT,
 * RESIZE_NEAREST_NEIGHBOR and all others that are walks, one for each output.
 */
export function walkKernel(
  walks: readonly ElementWalk[],
  elementBytes: number,
  share?: Share,
): GeneratedKernel {
  const plans = walks.map((walk) => walkLoops(walk, elementBytes, share))
  return {
    name: 'bytes',
    constants: plans.flatMap(({ loops }) => loops.flatMap(tableOf)),
    scratchBytes: 0,
    emit(f, { inputs: [input = 0], output, furtherOutputs = [], constants }) {
      let tables = 0
      plans.forEach((plan, at) => {
        const target = at === 0 ? output : furtherOutputs[at - 1]!
        const addresses = plan.loops.map((loop) => (loop.kind === 'table' ? constants[tables++]! : 0))
        emitWalk(f, plan, input, target, addresses)
      })
    },
  }
}

const tableOf = (loop: WalkLoop): readonly Int32Array[] => (loop.kind === 'table' ? [loop.offsets] : [])

/** @param tables addresses of the tables of loops that have one. */
function emitWalk(
  f: FunctionBuilder,
  { sourceAt, targetAt, rowBytes, loops }: WalkLoops,
  source: number,
  target: number,
  tables: readonly number[],
): void {
  if (rowBytes === 0) return
  const [from, to] = [f.local('i32'), f.local('i32')]
  f.set(from, constant(source + sourceAt))
  f.set(to, constant(target + targetAt))
  const nest = (depth: number): void => {
    const loop = loops[depth]
    if (loop === undefined) {
      emitRow(f, from, to, rowBytes)
      f.increase(to, rowBytes)
      return
    }
    if (loop.kind === 'table') {
      emitTableLoop(f, from, tables[depth]!, loop.offsets.length, () => nest(depth + 1))
      return
    }
    f.repeat(loop.count, () => {
      nest(depth + 1)
      f.increase(from, loop.step)
    })
    f.increase(from, -loop.count * loop.step)
  }
  nest(0)
}

/** Runs a body with the pointer at each offset of a table from where it is, and leaves it there. */
function emitTableLoop(
  f: FunctionBuilder,
  pointer: Local<'i32'>,
  table: number,
  count: number,
  body: () => void,
): void {
  const [start, entry] = [f.local('i32'), f.local('i32')]
  f.set(start, get(pointer))
  f.set(entry, constant(table))
  f.repeat(count, () => {
    f.set(pointer, operation('i32.add', get(start), load('i32.load', get(entry))))
    body()
    f.increase(entry, 4)
  })
  f.set(pointer, get(start))
}
