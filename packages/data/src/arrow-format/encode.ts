import { elementCount } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import {
  Field,
  FixedSizeList,
  Float32,
  Int32,
  Int8,
  RecordBatch,
  Schema,
  Struct,
  Table,
  Uint8,
  makeData,
  tableToIPC,
} from 'apache-arrow'
import type { Data, DataType } from 'apache-arrow'
import { dataError } from '../data-error.ts'
import { extensionMetadata, extensionName, fixedShapeTensor } from './tensor-column.ts'

/** Samples to write as one Arrow table. */
export interface ArrowSamples {
  /** Name of the tensor column, such as `image`. */
  readonly column: string
  /** Shape of one sample. */
  readonly shape: Shape
  /** All samples, one behind the other. */
  readonly data: Float32Array | Uint8Array | Int8Array
  /** Class indices, one a sample. */
  readonly labels?: Int32Array
}

/** Rows are stored in batches of this many, so that readers hold one batch at a time. */
const batchRows = 64

/**
 * Samples as an Arrow IPC file with an `arrow.fixed_shape_tensor` column and an int32 column `label`. The same samples
 * give the same bytes.
 *
 * @throws DataError when the data does not divide into samples, or labels and samples differ in number.
 *
 * @example
 * await writeFile('samples.arrow', encodeArrow({ column: 'image', shape: [2], data: Uint8Array.of(1, 2, 3, 4) }))
 */
export function encodeArrow({ column, shape, data, labels }: ArrowSamples): Uint8Array {
  const size = elementCount(shape)
  const rows = data.length / size
  if (!Number.isInteger(rows)) throw dataError('samples', `${data.length} values`, `a multiple of ${size}`)
  if (labels !== undefined && labels.length !== rows)
    throw dataError('labels', `${labels.length} labels`, `${rows}`)
  const schema = schemaOf(column, shape, data, labels)
  const batches: RecordBatch[] = []
  for (let first = 0; first < rows; first += batchRows) {
    const last = Math.min(first + batchRows, rows)
    const part = data.slice(first * size, last * size)
    batches.push(batchOf(schema, part, size, labels?.slice(first, last)))
  }
  return tableToIPC(new Table(schema, batches), 'file')
}

function elementType(data: ArrowSamples['data']): Float32 | Uint8 | Int8 {
  if (data instanceof Float32Array) return new Float32()
  return data instanceof Uint8Array ? new Uint8() : new Int8()
}

function schemaOf(column: string, shape: Shape, data: ArrowSamples['data'], labels?: Int32Array): Schema {
  const list = new FixedSizeList(elementCount(shape), new Field('item', elementType(data), false))
  const metadata = new Map([
    [extensionName, fixedShapeTensor],
    [extensionMetadata, JSON.stringify({ shape })],
  ])
  const tensors: Field<DataType> = new Field<DataType>(column, list, false, metadata)
  return new Schema(labels === undefined ? [tensors] : [tensors, new Field('label', new Int32(), false)])
}

function batchOf(
  schema: Schema,
  values: ArrowSamples['data'],
  size: number,
  labels?: Int32Array,
): RecordBatch {
  const length = values.length / size
  const element = makeData({ type: elementType(values), length: values.length, data: values } as Parameters<
    typeof makeData
  >[0])
  const type = schema.fields[0]!.type as FixedSizeList
  const children: Data[] = [makeData({ type, length, nullCount: 0, child: element as Data })]
  if (labels !== undefined) children.push(makeData({ type: new Int32(), length, data: labels }))
  return new RecordBatch(
    schema,
    makeData({ type: new Struct(schema.fields), length, nullCount: 0, children }),
  )
}
