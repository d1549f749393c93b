import { dataError } from '../data-error.ts'

/**
 * The class index that one row of an array of labels holds.
 *
 * @throws DataError for a row of several values, and for one that is no class index.
 */
export function rowLabel(subject: string, values: ArrayLike<number | bigint>): number {
  const label = Number(values[0])
  if (values.length === 1 && Number.isSafeInteger(label) && label >= 0) return label
  const found = values.length === 1 ? String(values[0]) : `${values.length} values`
  throw dataError(subject, found, 'one class index')
}
