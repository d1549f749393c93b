import type { ActivationRange } from '../arithmetic/activation-range.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import type { IntegerArray } from '../arithmetic/requantize.ts'
import type { BroadcastRows } from './broadcast.ts'
import { pairElements } from './elements.ts'
import type { ActivationType, ScaleAndZeroPoint } from './integer-tensor.ts'

/** What a binary operator on plain numbers needs besides its operands. */
export interface BinaryParameters {
  readonly rows: BroadcastRows
  readonly range: ActivationRange
}

/** What a binary operator on quantized integers needs besides its operands; all three tensors are of one type. */
export interface BinaryIntegerParameters extends BinaryParameters {
  readonly arithmetic: Arithmetic
  readonly type: ActivationType
  readonly a: ScaleAndZeroPoint
  readonly b: ScaleAndZeroPoint
  /** True when a and b are the same tensor. */
  readonly sameOperand?: boolean
  readonly output: ScaleAndZeroPoint
}

/** A binary operator ready to run. */
export type BinaryKernel<Elements> = (a: Elements, b: Elements, output: Elements) => void

/** Computes every pair of elements that broadcasting brings together, and clamps the results. */
export function binaryKernel<Elements extends Float32Array | IntegerArray>(
  { rows, range }: BinaryParameters,
  compute: (a: number, b: number) => number,
): BinaryKernel<Elements> {
  const { min, max } = range
  return pairElements<number>(rows, (a, b) => {
    const value = compute(a, b)
    return value < min ? min : value > max ? max : value
  })
}

/** Computes every pair of 64-bit integers that broadcasting brings together, modulo 2^64, and clamps the results. */
export function binaryInt64Kernel(
  { rows, range: { min, max } }: BinaryParameters,
  compute: (a: bigint, b: bigint) => bigint,
): BinaryKernel<BigInt64Array> {
  return pairElements<bigint>(rows, (a, b) => {
    const value = BigInt.asIntN(64, compute(a, b))
    return value < min ? BigInt(min) : value > max ? BigInt(max) : value
  })
}
