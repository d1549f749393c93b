import { DataError } from '@quantrx/core'

/**
 * An index that came with the data, as a number.
 *
 * @throws DataError when it is not from 0 to `size` - 1.
 */
export function checkedIndex(operator: string, index: number | bigint, size: number): number {
  const position = Number(index)
  if (position >= 0 && position < size) return position
  throw new DataError({
    stage: 'kernels',
    subject: operator,
    found: `index ${index}`,
    expected: size === 0 ? 'none: the dimension is empty' : `one from 0 to ${size - 1}`,
  })
}
