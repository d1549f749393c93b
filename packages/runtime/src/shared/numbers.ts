import { UnsupportedError } from '@quantrx/core'
import type { NumberArray } from '@quantrx/kernels'
import type { OperatorContext, RuntimeTensor } from '../operator.ts'

/** The values of a tensor of any type, for operators that treat numbers and 64-bit integers alike. */
export function numbersOf<Value extends number | bigint>({ data }: RuntimeTensor): NumberArray<Value> {
  return data as unknown as NumberArray<Value>
}

/**
 * The values of a tensor that holds indices.
 *
 * @throws UnsupportedError when it does not hold int32 or int64.
 */
export function indicesOf(
  { kind }: Pick<OperatorContext, 'kind'>,
  { name, type, data }: RuntimeTensor,
): ArrayLike<number | bigint> {
  if (type === 'int32' || type === 'int64') return data
  throw new UnsupportedError({
    stage: 'runtime',
    subject: `${kind}, tensor ${name}`,
    found: type,
    expected: 'int32 or int64',
  })
}
