import { dataError } from '../data-error.ts'

/**
 * A label as a class index: an integer, or the name of a class.
 *
 * @throws DataError for anything else, and for a name that is no class.
 */
export function classOf(subject: string, value: unknown, classNames: readonly string[] | undefined): number {
  const label = typeof value === 'bigint' ? Number(value) : value
  if (typeof label === 'number' && Number.isSafeInteger(label) && label >= 0) return label
  if (typeof label !== 'string') throw dataError(subject, `label ${String(value)}`, 'a class index')
  const index = classNames?.indexOf(label) ?? -1
  if (index >= 0) return index
  const expected = classNames === undefined ? 'a class index' : 'the name of a class'
  throw dataError(
    subject,
    `label "${label}"`,
    expected,
    'Give the names of the classes in the order of the outputs',
  )
}
