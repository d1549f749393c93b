import { constant, load, operation, vectorConstant } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { interleave } from './interleave.ts'

/** What the elements of an input are. */
export type DepthwiseInput =
  | { readonly kind: 'float32' }
  /** int16, whose zero point is 0. */
  | { readonly kind: 'wide' }
  /** 8-bit integers; positions outside the input have the zero point. */
  | { readonly kind: 'bytes'; readonly signed: boolean; readonly zeroPoint: number }

type Vector = Expression<'v128'>

/** Makes vectors of taps: the elements of several positions next to each other, for each of some channels. */
export interface ElementLoader {
  /** Channels of one position, as many as {@link combine} takes at most. */
  load(address: Expression<'i32'>, offset: number): Vector
  /** Channels of a position outside the input; absent where such positions are left out of the sums. */
  readonly outside?: Vector
  /** Sets vectors to the elements, as the inner loop multiplies them, of four channels each. */
  combine(elements: readonly Vector[], vectors: readonly Local<'v128'>[]): void
}

/**
 * The loader for an input and a number of taps to a vector; hoists what it needs. Integers keep their zero point, and where
 * there are four taps they are made unsigned: {@link zeroPointInSums}.
 *
 * @param spread for each byte of a position, which of the loaded bytes it takes; without it they stay where they are.
 */
export function elementLoader(
  f: FunctionBuilder,
  input: DepthwiseInput,
  taps: 1 | 2 | 4,
  spread: Local<'v128'> | undefined,
): ElementLoader {
  const isFloat = input.kind === 'float32'
  const loadAt: ElementLoader['load'] = (address, offset) =>
    load(isFloat ? 'v128.load' : 'v128.load64_zero', address, offset)
  const loadSpread: ElementLoader['load'] = (address, offset) =>
    spread === undefined
      ? loadAt(address, offset)
      : operation('i8x16.swizzle', loadAt(address, offset), get(spread))
  if (isFloat) return { load: loadSpread, combine: ([element], [vector]) => f.set(vector!, element!) }
  const outside = f.local('v128')
  f.set(outside, operation('i8x16.splat', constant(outsideByte(input))))
  if (input.kind === 'wide') {
    const combine: ElementLoader['combine'] = ([first, second], [vector]) =>
      f.set(vector!, interleave(first!, second!, 'low', 2))
    return { load: loadSpread, outside: get(outside), combine }
  }
  const combine = taps === 2 ? combinePairs(f, input.signed) : combineFours(f, input.signed)
  return { load: loadSpread, outside: get(outside), combine }
}

function combinePairs(f: FunctionBuilder, signed: boolean): ElementLoader['combine'] {
  const pairs = f.local('v128')
  const [low, high] = signed
    ? (['i16x8.extend_low_i8x16_s', 'i16x8.extend_high_i8x16_s'] as const)
    : (['i16x8.extend_low_i8x16_u', 'i16x8.extend_high_i8x16_u'] as const)
  return ([first, second], vectors) => {
    f.set(pairs, interleave(first!, second!, 'low', 1))
    vectors.forEach((vector, half) => f.set(vector, operation(half === 0 ? low : high, get(pairs))))
  }
}

function combineFours(f: FunctionBuilder, signed: boolean): ElementLoader['combine'] {
  const [upper, lower, sign] = [f.local('v128'), f.local('v128'), f.local('v128')]
  if (signed) f.set(sign, vectorConstant(new Uint8Array(16).fill(0x80)))
  const pairs = (first: Vector, second: Vector): Vector => {
    const interleaved = interleave(first, second, 'low', 1)
    return signed ? operation('v128.xor', interleaved, get(sign)) : interleaved
  }
  return ([first, second, third, fourth], vectors) => {
    f.set(upper, pairs(first!, second!))
    f.set(lower, pairs(third!, fourth!))
    vectors.forEach((vector, half) =>
      f.set(vector, interleave(get(upper), get(lower), half === 0 ? 'low' : 'high', 2)),
    )
  }
}

/** What has to be subtracted from the elements that products are made of. */
export function zeroPointInSums(input: DepthwiseInput, taps: 1 | 2 | 4): number {
  if (input.kind !== 'bytes') return 0
  return taps === 4 && input.signed ? input.zeroPoint + 128 : input.zeroPoint
}

/** What every byte of a position outside the input is. */
export const outsideByte = (input: DepthwiseInput): number =>
  input.kind === 'bytes' ? input.zeroPoint & 0xff : 0

const elementBytes = { float32: 4, wide: 2, bytes: 1 } as const

/** Bytes of an input element. */
export const bytesOf = ({ kind }: DepthwiseInput): 1 | 2 | 4 => elementBytes[kind]
