import { constant, float32, operation, shuffle, store } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { functionBuilder, get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import type { ModuleFunction } from '../assembler/module.ts'
import { scratchLayout } from './scratch.ts'
import { walkValues } from './walk-values.ts'

type Reduction = 'f32x4.pmin' | 'f32x4.pmax' | 'f32x4.add'

/** Enough for the latency of an addition on today's processors. */
const vectorsPerTurn = 2

/**
 * `extremes(address, count)`: the smallest value, the largest value and a sum.
 *
 * The sum is NaN or infinite when a value is; it may also overflow with finite values, so whoever finds it not finite looks
 * again. Comparisons pass over NaN; which of 0 and -0 they give is not determined.
 */
export function extremesFunction(scratch: number): ModuleFunction {
  const f = functionBuilder(2)
  const [address, count] = [f.parameter(0), f.parameter(1)]
  const reductions = [
    { reduction: 'f32x4.pmin', results: accumulators(f, Infinity) },
    { reduction: 'f32x4.pmax', results: accumulators(f, -Infinity) },
    { reduction: 'f32x4.add', results: accumulators(f, 0) },
  ] as const
  const latest = f.local('v128')
  walkValues(f, { address, count }, vectorsPerTurn, (values, vector) => {
    f.set(latest, values)
    for (const { reduction, results } of reductions) reduce(f, reduction, results[vector]!, get(latest))
  })
  reductions.forEach(({ reduction, results: [first, ...others] }, index) => {
    for (const other of others) reduce(f, reduction, first!, get(other))
    reduceLanes(f, reduction, first!)
    f.emit(store('v128.store', constant(scratch + scratchLayout.extremes + index * 16), get(first!)))
  })
  return { parameters: 2, code: f.finish(), exportName: 'extremes' }
}

function accumulators(f: FunctionBuilder, start: number): readonly Local<'v128'>[] {
  return Array.from({ length: vectorsPerTurn }, () => {
    const local = f.local('v128')
    f.set(local, operation('f32x4.splat', float32(start)))
    return local
  })
}

function reduce(
  f: FunctionBuilder,
  reduction: Reduction,
  result: Local<'v128'>,
  values: Expression<'v128'>,
): void {
  f.set(result, operation(reduction, get(result), values))
}

/** Brings the reduction of all four lanes into each. */
function reduceLanes(f: FunctionBuilder, reduction: Reduction, result: Local<'v128'>): void {
  for (const distance of [8, 4]) {
    const lanes = Array.from({ length: 16 }, (_, byte) => (byte + distance) % 16)
    reduce(f, reduction, result, shuffle(get(result), get(result), lanes))
  }
}
