import { expMinusOne } from '../../math/exp.ts'
import { mapElements } from '../../shared/elements.ts'
import type { StoredFunction } from '../../shared/integer-tensor.ts'
import { transformStored } from '../../shared/transform-stored.ts'
import type { TransformOptions } from '../../shared/transform-stored.ts'

const elu = (value: number): number => (value < 0 ? expMinusOne(value) : value)

/** ELU in float32: the value, below 0 `e^x - 1`, computed in float64 and rounded once. */
export const eluFloat32 = mapElements(elu)

/** ELU on one stored integer, through float32 (spec 7.7). */
export const eluStored = (options: Omit<TransformOptions, 'transform'>): StoredFunction =>
  transformStored({ ...options, transform: (real) => Math.fround(elu(real)) })
