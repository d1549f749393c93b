import type { ActivationRange } from '../../arithmetic/activation-range.ts'
import { operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder } from '../assembler/function-builder.ts'
import { hoisted } from './vectors.ts'
import type { EmitChange } from './vectors.ts'

/** Types of elements that fill a vector four at a time. */
export type WordType = 'float32' | 'int32'

const wordClamps = {
  // With the value first the pseudo-minimum and -maximum keep NaN, as the comparisons of the reference do.
  float32: { array: Float32Array, atLeast: 'f32x4.pmax', atMost: 'f32x4.pmin' },
  int32: { array: Int32Array, atLeast: 'i32x4.max_s', atMost: 'i32x4.min_s' },
} as const

/** Clamps four numbers; bounds that are not finite cost nothing. */
export function beginClampWords(
  f: FunctionBuilder,
  type: WordType,
  { min, max }: ActivationRange,
): EmitChange {
  const { array, atLeast, atMost } = wordClamps[type]
  const low = min === -Infinity ? undefined : hoisted(f, new array(4).fill(min))
  const high = max === Infinity ? undefined : hoisted(f, new array(4).fill(max))
  return (vector) => {
    if (low !== undefined) f.set(vector, operation(atLeast, get(vector), get(low)))
    if (high !== undefined) f.set(vector, operation(atMost, get(vector), get(high)))
  }
}
