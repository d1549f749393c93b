import { elementCount } from '@quantrx/core'
import type { Sample, Tensor } from '@quantrx/core'
import type { RecordBatch, Schema, Vector } from 'apache-arrow'
import { dataError } from '../data-error.ts'
import type { TensorColumn } from './tensor-column.ts'

/**
 * Name of the column of class indices: `label`, or "label" where there is such a column.
 *
 * @throws DataError when the column asked for is missing, naming those there are.
 */
export function labelColumn(source: string, schema: Schema, label?: string): string | undefined {
  const wanted = label ?? 'label'
  if (schema.fields.some(({ name }) => name === wanted)) return wanted
  if (label === undefined) return undefined
  const names = schema.fields.map(({ name }) => name).join(', ') || 'none'
  const expected = `a label column "${label}"`
  throw dataError(source, `columns ${names}`, expected, 'Name the column that holds the labels')
}

/**
 * The rows of one record batch as samples, views on the batch.
 *
 * @param first Position of the batch's first row in the source.
 * @throws DataError for null values and labels that are no class index, naming the row.
 */
export function* batchSamples(
  source: string,
  batch: RecordBatch,
  tensor: TensorColumn,
  label: string | undefined,
  first: number,
): Generator<Sample> {
  const tensors = columnOf(source, batch, tensor.name)
  const labels = label === undefined ? undefined : columnOf(source, batch, label)
  for (let row = 0; row < batch.numRows; row++) {
    const index = first + row
    const subject = `${source}, row ${index}`
    const inputs = [sampleTensor(subject, tensors.get(row) as Vector | null, tensor)]
    yield labels === undefined
      ? { index, inputs }
      : { index, inputs, label: classIndex(subject, labels.get(row)) }
  }
}

function columnOf(source: string, batch: RecordBatch, name: string): Vector {
  const column = batch.getChild(name) as Vector | null
  if (column?.nullCount === 0) return column
  const found = `${column?.nullCount ?? 'only'} empty rows`
  throw dataError(`${source}, column ${name}`, found, 'a value in every row')
}

function sampleTensor(subject: string, values: Vector | null, { shape }: TensorColumn): Tensor {
  if (values === null || values.nullCount > 0) throw dataError(subject, 'empty values', 'a full tensor')
  const data: unknown = values.toArray()
  const expected = elementCount(shape)
  if (ArrayBuffer.isView(data) && 'length' in data && data.length !== expected) {
    throw dataError(subject, `${String(data.length)} values`, `${expected} for shape [${shape.join(', ')}]`)
  }
  if (data instanceof Float32Array) return { type: 'float32', shape, data }
  if (data instanceof Float64Array) return { type: 'float32', shape, data: Float32Array.from(data) }
  if (data instanceof Int8Array) return { type: 'int8', shape, data }
  if (data instanceof Uint8Array) return { type: 'uint8', shape, data }
  if (data instanceof Int16Array) return { type: 'int16', shape, data }
  if (data instanceof Int32Array) return { type: 'int32', shape, data }
  if (data instanceof BigInt64Array) return { type: 'int64', shape, data }
  const supported = 'float32, float64, int8, uint8, int16, int32 or int64'
  throw dataError(subject, `elements of type ${String(values.type)}`, supported)
}

function classIndex(subject: string, value: unknown): number {
  const label = typeof value === 'bigint' ? Number(value) : value
  if (typeof label === 'number' && Number.isInteger(label) && label >= 0) return label
  throw dataError(subject, `label ${String(value)}`, 'a class index')
}
