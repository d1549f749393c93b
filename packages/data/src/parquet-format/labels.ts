import { dataError } from '../data-error.ts'
import { publishedClass } from '../files/class-names.ts'

/** What labels that are names mean. */
export interface LabelNames {
  /** Names of the classes in the order of the model's outputs. */
  readonly classNames?: readonly string[] | undefined
  /** The same as the model's publisher gives them, where nobody else does. */
  readonly publishedNames?: readonly string[] | undefined
}

/** What Hugging Face's datasets write where nobody knows the class, such as in the test part of a competition. */
const unknownClass = -1

/**
 * A label as a class index: an integer, or the name of a class. Undefined for -1, which stands for a class that nobody knows.
 *
 * @throws DataError for anything else, and for a name that is no class.
 */
export function classOf(
  subject: string,
  value: unknown,
  { classNames, publishedNames = [] }: LabelNames,
): number | undefined {
  const label = typeof value === 'bigint' ? Number(value) : value
  if (label === unknownClass) return undefined
  if (typeof label === 'number' && Number.isSafeInteger(label) && label >= 0) return label
  if (typeof label !== 'string') throw dataError(subject, `label ${String(value)}`, 'a class index')
  const index = classNames?.indexOf(label) ?? publishedClass(label, publishedNames)
  if (index >= 0) return index
  const expected = classNames === undefined ? 'a class index' : 'the name of a class'
  throw dataError(
    subject,
    `label "${label}"`,
    expected,
    'Give the names of the classes in the order of the outputs',
  )
}
