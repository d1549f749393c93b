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

/** A kernel of nothing but a function of pairs, so many of which are computed at once. */
function pairKernel(
  pairs: number,
  together: number,
  begin: (f: FunctionBuilder, constants: number) => EmitPair,
): GeneratedKernel {
  return {
    name: 'float64',
    constants: [exponentialConstants],
    scratchBytes: 0,
    emit(f, { inputs, output, constants }) {
      const at = f.local('i32')
      const values = Array.from({ length: together }, () => f.local('v128'))
      const replace = begin(f, constants[0]!)
      f.repeat(pairs / together, () => {
        values.forEach((value, pair) => f.set(value, load('v128.load', get(at), inputs[0]! + pair * 16)))
        replace(...values)
        values.forEach((value, pair) => f.emit(store('v128.store', get(at), get(value), output + pair * 16)))
        f.increase(at, together * 16)
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

const functions = [
  { name: 'exp', begin: exponentialPair, reference: exp, all: anywhere },
  {
    ...{ name: 'exp - 1', begin: exponentialMinusOnePair, reference: expMinusOne },
    all: anywhere.filter((x) => !(x > 0)),
  },
]

it.each(functions.flatMap((each) => [1, 2, 4].map((together) => ({ ...each, together }))))(
  '$name equals the reference bit for bit, $together at once',
  ({ begin, reference, all, together }) => {
    const numbers = Float64Array.from(all.slice(0, all.length & ~7))
    const kernel = pairKernel(numbers.length / 2, together, begin)
    const result = runKernel(kernel, [numbers], new Float64Array(numbers.length))
    // As bits, since comparisons do not tell 0 from -0; NaN has many.
    const wrong = [...numbers].filter((x, at) => !Object.is(result[at], reference(x)))
    expect(wrong).toEqual([])
  },
)
