import { constant, load, operation, store, vectorConstant } from '../assembler/expression.ts'
import { functionBuilder, get, tee } from '../assembler/function-builder.ts'
import type { ModuleFunction } from '../assembler/module.ts'
import { countersPerBin, scratchLayout } from './scratch.ts'

/**
 * `mergeBins(first, count, scratch)`: adds up the counters of `count` bins, at least one, from `first` on to their totals and
 * sets the counters to 0.
 */
export function mergeBinsFunction(): ModuleFunction {
  const f = functionBuilder(3)
  const [first, count, scratch] = [f.parameter(0), f.parameter(1), f.parameter(2)]
  const [from, to] = [f.local('i32'), f.local('i32')]
  const bin = (bytes: number) =>
    operation('i32.add', get(scratch), operation('i32.mul', get(first), constant(bytes)))
  f.set(from, bin(countersPerBin * 4))
  f.set(to, bin(4))
  f.repeatWhile(
    () => tee(count, operation('i32.sub', get(count), constant(1))),
    () => {
      const counters = Array.from({ length: countersPerBin }, (_, lane) =>
        load('i32.load', get(from), scratchLayout.counters + lane * 4),
      )
      const total = counters.reduce((sum, counter) => operation('i32.add', sum, counter))
      f.emit(store('i32.store', get(to), total, scratchLayout.totals))
      f.emit(store('v128.store', get(from), vectorConstant(new Int32Array(4)), scratchLayout.counters))
      f.increase(from, countersPerBin * 4)
      f.increase(to, 4)
    },
  )
  return { parameters: 3, code: f.finish(), exportName: 'mergeBins' }
}
