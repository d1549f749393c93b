import { elementCount } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { DataType } from 'apache-arrow'
import type { Field, Schema } from 'apache-arrow'
import { dataError } from '../data-error.ts'

/** Metadata keys of Arrow extension types, and the name of the canonical tensor extension. */
export const extensionName = 'ARROW:extension:name'
export const extensionMetadata = 'ARROW:extension:metadata'
export const fixedShapeTensor = 'arrow.fixed_shape_tensor'

/** The column that holds the samples. */
export interface TensorColumn {
  readonly name: string
  readonly shape: Shape
}

/**
 * The tensor column of a schema: the one called `column`, or the only one of type `arrow.fixed_shape_tensor`.
 *
 * @throws DataError naming the columns there are, when there is none, several, or one that cannot hold samples.
 */
export function tensorColumn(source: string, schema: Schema, column?: string): TensorColumn {
  const candidates = schema.fields.filter((field) =>
    column === undefined ? isTensor(field) : field.name === column,
  )
  const [field, second] = candidates
  if (field === undefined || second !== undefined) {
    const names = (fields: readonly Field[]): string => fields.map(({ name }) => name).join(', ') || 'none'
    const found =
      second === undefined ? `columns ${names(schema.fields)}` : `tensor columns ${names(candidates)}`
    const expected = column === undefined ? `one column of type ${fixedShapeTensor}` : `a column "${column}"`
    throw dataError(source, found, expected, 'Name the column that holds the samples')
  }
  if (!DataType.isFixedSizeList(field.type)) {
    throw dataError(
      `${source}, column ${field.name}`,
      String(field.type),
      `a fixed-size list of type ${fixedShapeTensor}`,
    )
  }
  return {
    name: field.name,
    shape: tensorShape(`${source}, column ${field.name}`, field, field.type.listSize),
  }
}

const isTensor = (field: Field): boolean => field.metadata.get(extensionName) === fixedShapeTensor

function tensorShape(subject: string, field: Field, listSize: number): Shape {
  if (!isTensor(field)) return [listSize]
  const { shape, permutation } = parseMetadata(subject, field.metadata.get(extensionMetadata) ?? '')
  if (permutation?.some((axis, at) => axis !== at) === true) {
    throw dataError(
      subject,
      `dimensions in the order ${permutation.join(', ')}`,
      'row-major tensors',
      'Transpose the tensors before writing',
    )
  }
  if (elementCount(shape) === listSize) return shape
  throw dataError(
    subject,
    `shape [${shape.join(', ')}] for lists of ${listSize}`,
    'a shape that fills the list',
  )
}

interface TensorMetadata {
  readonly shape: Shape
  readonly permutation?: readonly number[]
}

function parseMetadata(subject: string, text: string): TensorMetadata {
  try {
    const metadata = JSON.parse(text) as Partial<TensorMetadata> | null
    if (Array.isArray(metadata?.shape) && metadata.shape.every(Number.isInteger))
      return metadata as TensorMetadata
  } catch (cause) {
    throw dataError(subject, `metadata ${JSON.stringify(text)}`, 'JSON with a shape', undefined, cause)
  }
  throw dataError(subject, `metadata ${JSON.stringify(text)}`, 'JSON with a shape')
}
