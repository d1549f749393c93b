import { integerLimits } from '@quantrx/core'
import type { DataType } from '@quantrx/core'
import { mapElements } from '../../shared/elements.ts'
import type { ElementsMap } from '../../shared/elements.ts'

/** Types that CAST takes and gives. */
export const castTypes = [
  ...['float32', 'float64', 'int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'bool'],
] as readonly CastType[]

/** A type that CAST takes and gives. */
export type CastType = Exclude<DataType, 'float16' | 'uint64' | 'complex64'>

/**
 * CAST. Real numbers are truncated, and held within the limits of a 32-bit type first, NaN is 0; integers keep their low
 * bits; everything but 0 is true.
 */
export function castElements(from: CastType, to: CastType): ElementsMap<never> {
  return mapElements<number | bigint>(conversion(from, to)) as ElementsMap<never>
}

type Conversion = (value: number | bigint) => number | bigint

function conversion(from: CastType, to: CastType): Conversion {
  const real = from === 'float32' || from === 'float64'
  if (to === 'bool') return (value) => (Number(value) !== 0 ? 1 : 0)
  if (to === 'float32' || to === 'float64') return Number
  if (to === 'int64') return real ? (value) => saturatedInt64(Number(value)) : BigInt
  if (real) return (value) => saturated(Number(value), to === 'uint32' ? uint32Limits : integerLimits.int32)
  // Storing keeps the low bits of a number; of a bigint they are taken here.
  return (value) => (typeof value === 'bigint' ? Number(BigInt.asIntN(32, value)) : value)
}

const uint32Limits = { min: 0, max: 2 ** 32 - 1 }

function saturated(value: number, { min, max }: { readonly min: number; readonly max: number }): number {
  return Number.isNaN(value) ? 0 : Math.trunc(Math.max(min, Math.min(max, value)))
}

function saturatedInt64(value: number): bigint {
  if (Number.isNaN(value)) return 0n
  if (value >= 2 ** 63) return 2n ** 63n - 1n
  return value <= -(2 ** 63) ? -(2n ** 63n) : BigInt(Math.trunc(value))
}
