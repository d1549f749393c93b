import { seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { exp, expMinusOne } from '../../math/exp.ts'
import { load, store } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder } from '../assembler/function-builder.ts'
import type { GeneratedKernel } from '../kernel.ts'
import { runKernel } from '../run-kernel.conformance.ts'
import { exponentialConstants, exponentialMinusOnePair, exponentialPair } from './exp.ts'
import type { EmitPair } from './exp.ts'

/** A kernel of nothing but a function of pairs. */
function pairKernel(
  pairs: number,
  begin: (f: FunctionBuilder, constants: number) => EmitPair,
): GeneratedKernel {
  return {
    name: 'float64',
    constants: [exponentialConstants],
    scratchBytes: 0,
    emit(f, { inputs, output, constants }) {
      const [value, at] = [f.local('v128'), f.local('i32')]
      const replace = begin(f, constants[0]!)
      f.repeat(pairs, () => {
        f.set(value, load('v128.load', get(at), inputs[0]!))
        replace(value)
        f.emit(store('v128.store', get(at), get(value), output))
        f.increase(at, 16)
      })
    },
  }
}

/** The float64 before and after each. */
function neighbours(values: readonly number[]): readonly number[] {
  return values.flatMap((value) => {
    const bits = new BigInt64Array(Float64Array.of(value).buffer)
    return [-1n, 0n, 1n].map((step) => new Float64Array(BigInt64Array.of(bits[0]! + step).buffer)[0]!)
  })
}

const random = seededRandom(1)
const thresholds = [709.782712893384, -745.1332191019412, -708.5, 0.5 * Math.LN2, -0.5 * Math.LN2, -60, 710]
const special = [0, -0, Infinity, -Infinity, NaN, 1e308, -1e308, 5e-324, -5e-324, 1, -1]
const anywhere = [
  ...special,
  ...neighbours(thresholds),
  ...Array.from({ length: 3000 }, () => (random.next() * 2 - 1) * 760),
  ...Array.from({ length: 3000 }, () => (random.next() * 2 - 1) * 2 ** -random.integer(60) * 30),
]

it.each([
  ['exp', exponentialPair, exp, anywhere],
  ['exp - 1', exponentialMinusOnePair, expMinusOne, anywhere.filter((x) => !(x > 0))],
] as const)('%s equals the reference bit for bit', (_, begin, reference, all) => {
  const arguments_ = Float64Array.from(all.slice(0, all.length & ~1))
  const result = runKernel(
    pairKernel(arguments_.length / 2, begin),
    [arguments_],
    new Float64Array(arguments_.length),
  )
  // As bits, since numbers do not tell 0 from -0; NaN has many.
  result.forEach((value, at) => {
    const expected = reference(arguments_[at]!)
    expect(Object.is(value, expected), `of ${arguments_[at]}: ${value}, expected ${expected}`).toBe(true)
  })
})
