import { constant, extractLane32, load, operation, store, vectorConstant } from '../assembler/expression.ts'
import { functionBuilder, get, tee } from '../assembler/function-builder.ts'
import type { ModuleFunction } from '../assembler/module.ts'
import { countersPerBin, scratchLayout } from './scratch.ts'

/**
 * `mergeBins(first, count)`: adds up the counters of `count` bins, at least one, from `first` on to their totals and
 * sets the counters to 0.
 */
export function mergeBinsFunction(scratch: number): ModuleFunction {
  const f = functionBuilder(2)
  const [first, count] = [f.parameter(0), f.parameter(1)]
  const [from, to, sums] = [f.local('i32'), f.local('i32'), f.local('v128')]
  const [counters, totals] = [scratch + scratchLayout.counters, scratch + scratchLayout.totals]
  f.set(from, operation('i32.mul', get(first), constant(countersPerBin * 4)))
  f.set(to, operation('i32.mul', get(first), constant(4)))
  f.repeatWhile(
    () => tee(count, operation('i32.sub', get(count), constant(1))),
    () => {
      const vectors = Array.from({ length: countersPerBin / 4 }, (_, at) => counters + at * 16)
      const counts = vectors.map((at) => load('v128.load', get(from), at))
      const sum = counts.reduce((all, count) => operation('i32x4.add', all, count))
      f.set(sums, sum)
      const lanes = [0, 1, 2, 3].map((lane) => extractLane32(get(sums), lane))
      const total = lanes.reduce((all, lane) => operation('i32.add', all, lane))
      f.emit(store('i32.store', get(to), total, totals))
      for (const at of vectors) f.emit(store('v128.store', get(from), vectorConstant(new Int32Array(4)), at))
      f.increase(from, countersPerBin * 4)
      f.increase(to, 4)
    },
  )
  return { parameters: 2, code: f.finish(), exportName: 'mergeBins' }
}
