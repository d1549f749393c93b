import { operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { hoist } from '../hoist.ts'
import { narrowToInt16 } from './store-integers.ts'

/**
 * Turns up to sixteen int32, four to a vector, into bytes: an offset added, saturated whatever the integers. Overwrites the first
 * vector, and returns it.
 */
export function beginNarrowBytes(
  f: FunctionBuilder,
  type: 'int8' | 'uint8',
  offset: number,
): (quads: readonly Local<'v128'>[]) => Local<'v128'> {
  const added = offset === 0 ? undefined : hoist(f, new Int16Array(8).fill(offset))
  const narrow = type === 'int8' ? 'i8x16.narrow_i16x8_s' : 'i8x16.narrow_i16x8_u'
  return (quads) => {
    const pairs = narrowToInt16(f, quads)
    if (added !== undefined)
      for (const pair of pairs) f.set(pair, operation('i16x8.add_sat_s', get(pair), get(added)))
    const [low, high = low] = pairs
    f.set(low!, operation(narrow, get(low!), get(high!)))
    return low!
  }
}
