import { describe, expect, it } from 'vitest'
import { constant, operation, shuffle, vectorConstant } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { functionBuilder } from '../assembler/function-builder.ts'
import { moduleBytes } from '../assembler/module.ts'
import { usdot } from '../inner-loop.ts'
import type { InnerLoop } from '../inner-loop.ts'
import { emulatedUsdot } from '../run-kernel.conformance.ts'
import { emitExactDotCheck } from './emit-exact-dot-check.ts'
import { isExactDot, runsExactDot } from './probe.ts'

type Vector = Expression<'v128'>

const exact = emulatedUsdot.accumulate
const nothing = vectorConstant(new Int32Array(4))
const everyByte = (value: number): Vector => vectorConstant(new Uint8Array(16).fill(value))

/** Sums of two products each in int16: what is beyond its range is either cut off or comes out at the other end. */
function sumsOfPairs(input: Vector, weights: Vector, add: 'i16x8.add_sat_s' | 'i16x8.add'): Vector {
  const low = operation(
    'i16x8.mul',
    operation('i16x8.extend_low_i8x16_u', input),
    operation('i16x8.extend_low_i8x16_s', weights),
  )
  const high = operation(
    'i16x8.mul',
    operation('i16x8.extend_high_i8x16_u', input),
    operation('i16x8.extend_high_i8x16_s', weights),
  )
  const even = shuffle(low, high, [0, 1, 4, 5, 8, 9, 12, 13, 16, 17, 20, 21, 24, 25, 28, 29])
  const odd = shuffle(low, high, [2, 3, 6, 7, 10, 11, 14, 15, 18, 19, 22, 23, 26, 27, 30, 31])
  return operation('i32x4.extadd_pairwise_i16x8_s', operation(add, even, odd))
}

/** Instructions that processors have, or could have, in place of the exact one. */
const liars: Readonly<Record<string, InnerLoop['accumulate']>> = {
  'saturates sums of pairs': (sums, input, weights) =>
    operation('i32x4.add', sums, sumsOfPairs(input, weights, 'i16x8.add_sat_s')),
  'lets sums of pairs overflow': (sums, input, weights) =>
    operation('i32x4.add', sums, sumsOfPairs(input, weights, 'i16x8.add')),
  'takes seven bits of the input': (sums, input, weights) =>
    exact(sums, operation('v128.and', input, everyByte(127)), weights),
  // A signed byte is twice its top bit less than the unsigned one.
  'takes the input as signed': (sums, input, weights) => {
    const tops = exact(nothing, operation('v128.and', input, everyByte(128)), weights)
    return operation('i32x4.sub', exact(sums, input, weights), operation('i32x4.shl', tops, constant(1)))
  },
  'takes the input as signed and the weights as unsigned': (sums, input, weights) =>
    exact(sums, weights, input),
  'takes the smallest weight for its neighbour': (sums, input, weights) =>
    exact(sums, input, operation('i8x16.max_s', weights, everyByte(-127))),
  'takes the largest input for its neighbour': (sums, input, weights) =>
    exact(sums, operation('i8x16.min_u', input, everyByte(254)), weights),
  'forgets the sums before': (_, input, weights) => exact(vectorConstant(new Int32Array(4)), input, weights),
  'forgets one byte of sixteen': (sums, input, weights) =>
    exact(sums, operation('v128.and', input, vectorConstant(new Uint8Array(16).fill(255, 0, 15))), weights),
  'mixes up two lanes': (sums, input, weights) => {
    const swap = (vector: Vector): Vector =>
      shuffle(vector, vector, [0, 1, 2, 3, 8, 9, 10, 11, 4, 5, 6, 7, 12, 13, 14, 15])
    return exact(sums, swap(input), swap(weights))
  },
}

const loopOf = (accumulate: InnerLoop['accumulate']): InnerLoop => ({ ...emulatedUsdot, accumulate })

/** Starts a module whose start function checks an inner loop. */
function startChecked(inner: InnerLoop): void {
  const f = functionBuilder()
  emitExactDotCheck(f, inner)
  const bytes = moduleBytes({ functions: [{ parameters: 0, code: f.finish() }], pages: 1, start: 0 })
  new WebAssembly.Instance(new WebAssembly.Module(bytes))
}

describe('an exact dot product', () => {
  it('is accepted', () => {
    expect(isExactDot(emulatedUsdot)).toBe(true)
  })

  it('lets a module start', () => {
    expect(() => startChecked(emulatedUsdot)).not.toThrow()
  })
})

describe.each(Object.entries(liars))('one that %s', (_, accumulate) => {
  it('is refused', () => {
    expect(isExactDot(loopOf(accumulate))).toBe(false)
  })

  it('stops a module that checks it at its start', () => {
    expect(() => startChecked(loopOf(accumulate))).toThrow(WebAssembly.RuntimeError)
  })
})

describe('the dot product of this engine', () => {
  const [major = 0] = process.versions.node.split('.').map(Number)

  // Node 20 does not know the instruction, Node 22 saturates sums of pairs.
  it.runIf(major < 24)('is refused before Node 24', () => {
    expect(runsExactDot()).toBe(false)
  })

  it.runIf(runsExactDot())('lets a module start where it is accepted', () => {
    expect(() => startChecked(usdot)).not.toThrow()
  })
})
