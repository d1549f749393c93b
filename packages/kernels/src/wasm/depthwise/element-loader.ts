import { load, operation, shuffle, vectorConstant } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { constant } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder } from '../assembler/function-builder.ts'

/** What the elements of an input are. */
export type DepthwiseInput =
  | { readonly kind: 'float32' }
  /** 8-bit integers; positions outside the input have the zero point. */
  | { readonly kind: 'bytes'; readonly signed: boolean; readonly zeroPoint: number }

type Vector = Expression<'v128'>

/** Makes vectors of taps: the same element of several positions next to each other, for four channels. */
export interface ElementLoader {
  /** Bytes of an element in memory. */
  readonly elementBytes: 1 | 4
  /** Four channels of one position. */
  load(address: Expression<'i32'>, offset: number): Vector
  /** Four channels of a position outside the input; absent where such positions are left out of the sums. */
  readonly outside?: Vector
  /** The elements of a vector of weights' taps, as the inner loop multiplies them. */
  combine(elements: readonly Vector[]): Vector
}

/** Interleaves the lower bytes of two vectors. */
const interleaveBytes = [0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23]
/** Interleaves the lower pairs of bytes of two vectors. */
const interleavePairs = [0, 1, 16, 17, 2, 3, 18, 19, 4, 5, 20, 21, 6, 7, 22, 23]

/**
 * The loader for an input and a number of taps to a vector; hoists what it needs. Integers keep their zero point, and four
 * taps are made unsigned: {@link zeroPointInSums}.
 */
export function elementLoader(f: FunctionBuilder, input: DepthwiseInput, size: 1 | 2 | 4): ElementLoader {
  if (input.kind === 'float32')
    return {
      elementBytes: 4,
      load: (address, offset) => load('v128.load', address, offset),
      combine: ([element]) => element!,
    }
  const outside = f.local('v128')
  f.set(outside, operation('i8x16.splat', constant(input.zeroPoint)))
  const bytes = {
    elementBytes: 1,
    load: (address: Expression<'i32'>, offset: number) => load('v128.load32_zero', address, offset),
    outside: get(outside),
  } as const
  if (size === 2) {
    const extend = input.signed ? 'i16x8.extend_low_i8x16_s' : 'i16x8.extend_low_i8x16_u'
    return {
      ...bytes,
      combine: ([first, second]) => operation(extend, shuffle(first!, second!, interleaveBytes)),
    }
  }
  const combine: ElementLoader['combine'] = ([first, second, third, fourth]) => {
    const upper = shuffle(first!, second!, interleaveBytes)
    return shuffle(upper, shuffle(third!, fourth!, interleaveBytes), interleavePairs)
  }
  if (!input.signed) return { ...bytes, combine }
  const sign = f.local('v128')
  f.set(sign, vectorConstant(new Uint8Array(16).fill(0x80)))
  return { ...bytes, combine: (elements) => operation('v128.xor', combine(elements), get(sign)) }
}

/** What has to be subtracted from the elements that products are made of. */
export function zeroPointInSums(input: DepthwiseInput, size: 1 | 2 | 4): number {
  if (input.kind === 'float32') return 0
  return size === 4 && input.signed ? input.zeroPoint + 128 : input.zeroPoint
}
