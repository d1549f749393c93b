import type { Shape } from '@quantrx/core'
import type { FileMetaData, SchemaTree } from 'hyparquet'
import { parquetSchema } from 'hyparquet'
import { dataError } from '../data-error.ts'

/** Which columns of a Parquet file are samples and labels. */
export interface ParquetColumns {
  /** Column of the samples; by default the only one that holds images or lists of numbers. */
  readonly column?: string | undefined
  /** Column of the class indices or names; "label" by default, where there is one. */
  readonly label?: string | undefined
}

/** The column that holds the samples: encoded images, in a struct of `bytes` and `path` or bare, or nested lists of numbers. */
export type SampleColumn =
  | { readonly kind: 'images'; readonly name: string }
  | { readonly kind: 'numbers'; readonly name: string; readonly shape?: Shape | undefined }

/** The columns of a file that are read. */
export interface ChosenColumns {
  readonly sample: SampleColumn
  readonly label: string | undefined
}

/**
 * The columns that hold samples and labels.
 *
 * @throws DataError naming the columns there are, when there is none, several, or one that cannot hold samples.
 */
export function chooseColumns(
  source: string,
  metadata: FileMetaData,
  { column, label }: ParquetColumns,
): ChosenColumns {
  const { children } = parquetSchema(metadata)
  const names = children.map(({ element }) => element.name).join(', ') || 'none'
  const usable = children.flatMap((child) => sampleColumn(child) ?? [])
  const candidates = usable.filter(({ name }) => (column === undefined ? true : name === column))
  const [sample, second] = candidates
  if (sample === undefined || second !== undefined) {
    const found =
      second === undefined ? `columns ${names}` : `several: ${candidates.map(({ name }) => name).join(', ')}`
    const expected =
      column === undefined
        ? 'one column of images or lists of numbers'
        : `a column "${column}" of images or lists of numbers`
    throw dataError(source, found, expected, 'Name the column that holds the samples')
  }
  const hasLabel = children.some(({ element }) => element.name === (label ?? 'label'))
  if (label !== undefined && !hasLabel) {
    throw dataError(source, `columns ${names}`, `a label column "${label}"`, 'Name the column of the labels')
  }
  return { sample, label: hasLabel ? (label ?? 'label') : undefined }
}

/** What a column can be, or undefined for text, single numbers and tables within tables. */
function sampleColumn(node: SchemaTree): SampleColumn | undefined {
  const { element, children } = node
  const { name } = element
  // Text, JSON, decimals and the like are bytes that say what they mean.
  const meaning = element.converted_type ?? element.logical_type
  if (element.type === 'BYTE_ARRAY' && meaning === undefined) return { kind: 'images', name }
  if (children.length === 0) return undefined
  const bytes = children.find(({ element: each }) => each.name === 'bytes')
  if (bytes?.element.type === 'BYTE_ARRAY') return { kind: 'images', name }
  return listsNumbers(node) ? { kind: 'numbers', name } : undefined
}

const numberTypes: readonly unknown[] = ['INT32', 'INT64', 'FLOAT', 'DOUBLE']

/** A list is a group of one repeated group of one element, down to the numbers. */
function listsNumbers(node: SchemaTree): boolean {
  let at = node
  let repeats = false
  while (at.children.length === 1) {
    at = at.children[0]!
    repeats ||= at.element.repetition_type === 'REPEATED'
  }
  return repeats && at.children.length === 0 && numberTypes.includes(at.element.type)
}
