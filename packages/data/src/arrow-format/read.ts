import { isQuantrxError } from '@quantrx/core'
import type { Opener, Sample, Shape, Tensor } from '@quantrx/core'
import { RecordBatchReader } from 'apache-arrow'
import type { RecordBatch, Schema, Vector } from 'apache-arrow'
import { dataError } from '../data-error.ts'
import { tensorColumn } from './tensor-column.ts'
import type { TensorColumn } from './tensor-column.ts'

/** Which columns of an Arrow table are samples and labels. */
export interface ArrowColumns {
  /** Column of the samples; the only `arrow.fixed_shape_tensor` column by default. */
  readonly column?: string
  /** Column of the class indices; "label" by default, where there is one. */
  readonly label?: string
}

/** An opened Arrow source: anything apache-arrow reads, how errors call it, and how to let go of it. */
export interface ArrowSource {
  readonly name: string
  readonly input: Parameters<typeof RecordBatchReader.from>[0] | Uint8Array
  close?(): Promise<void>
}

/**
 * An opener for the rows of Arrow IPC data, file or stream format: a tensor column and, where there is one, a column of
 * labels. Read batch by batch; samples are views on the batch.
 *
 * Errors: {@link DataError} for damaged data, missing columns (naming those there are), null values and labels that are no
 * class index.
 *
 * @example
 * samples(arrow(new Uint8Array(await (await fetch('samples.arrow')).arrayBuffer())))
 */
export function arrow(source: Uint8Array | Blob, columns: ArrowColumns = {}): Opener {
  return arrowRows(async () => {
    const bytes = source instanceof Uint8Array ? source : new Uint8Array(await source.arrayBuffer())
    return { name: 'Arrow data', input: bytes }
  }, columns)
}

/** An opener for the rows of an Arrow source that `openSource` opens. */
export function arrowRows(openSource: () => Promise<ArrowSource>, columns: ArrowColumns = {}): Opener {
  return async function* (signal) {
    const source = await openSource()
    try {
      signal.throwIfAborted()
      yield* readRows(source, columns, signal)
    } catch (cause) {
      if (signal.aborted || isQuantrxError(cause)) throw cause
      const found = `damaged Arrow data (${cause instanceof Error ? cause.message : String(cause)})`
      throw dataError(
        source.name,
        found,
        'an Arrow IPC file or stream',
        'The data is cut short or no Arrow; get it again',
        cause,
      )
    } finally {
      await source.close?.()
    }
  }
}

async function* readRows(
  { name, input }: ArrowSource,
  columns: ArrowColumns,
  signal: AbortSignal,
): AsyncGenerator<Sample> {
  if (input instanceof Uint8Array) checkFileEnd(name, input, input, input.length)
  // The overloads of `from` have no signature for all that it accepts at run time.
  const reader = await RecordBatchReader.from(input as Uint8Array)
  await reader.open()
  const { schema } = reader
  const tensor = tensorColumn(name, schema, columns.column)
  const label = labelColumn(name, schema, columns.label)
  let index = 0
  for await (const batch of reader as AsyncIterable<RecordBatch>) {
    for (const sample of batchSamples(name, batch, tensor, label, index)) {
      signal.throwIfAborted()
      yield sample
    }
    index += batch.numRows
  }
}

const magic = 'ARROW1'

/** A file that starts with Arrow's magic must end with it; one that is cut short would look like a stream. */
export function checkFileEnd(name: string, head: Uint8Array, tail: Uint8Array, size: number): void {
  const text = (part: Uint8Array): string => String.fromCharCode(...part)
  if (text(head.subarray(0, magic.length)) !== magic || text(tail.subarray(-magic.length)) === magic) return
  throw dataError(
    name,
    `${size} bytes without the end of an Arrow file`,
    `"${magic}" at the end`,
    'The file is cut short; get it again',
  )
}

function labelColumn(source: string, schema: Schema, label?: string): string | undefined {
  const wanted = label ?? 'label'
  if (schema.fields.some(({ name }) => name === wanted)) return wanted
  if (label === undefined) return undefined
  const names = schema.fields.map(({ name }) => name).join(', ') || 'none'
  throw dataError(
    source,
    `columns ${names}`,
    `a label column "${label}"`,
    'Name the column that holds the labels',
  )
}

function* batchSamples(
  source: string,
  batch: RecordBatch,
  { name, shape }: TensorColumn,
  label: string | undefined,
  first: number,
): Generator<Sample> {
  const tensors = columnOf(source, batch, name)
  const labels = label === undefined ? null : columnOf(source, batch, label)
  for (let row = 0; row < batch.numRows; row++) {
    const index = first + row
    const values = tensors.get(row) as Vector | null
    const inputs = [sampleTensor(`${source}, row ${index}`, values, shape)]
    yield labels === null
      ? { index, inputs }
      : { index, inputs, label: classIndex(`${source}, row ${index}`, labels.get(row)) }
  }
}

function columnOf(source: string, batch: RecordBatch, name: string): Vector {
  const column = batch.getChild(name) as Vector | null
  if (column?.nullCount === 0) return column
  throw dataError(
    `${source}, column ${name}`,
    `${column?.nullCount ?? 'only'} empty rows`,
    'a value in every row',
  )
}

function sampleTensor(subject: string, values: Vector | null, shape: Shape): Tensor {
  if (values === null || values.nullCount > 0) throw dataError(subject, 'empty values', 'a full tensor')
  const data: unknown = values.toArray()
  if (data instanceof Float32Array) return { type: 'float32', shape, data }
  if (data instanceof Float64Array) return { type: 'float32', shape, data: Float32Array.from(data) }
  if (data instanceof Int8Array) return { type: 'int8', shape, data }
  if (data instanceof Uint8Array) return { type: 'uint8', shape, data }
  if (data instanceof Int16Array) return { type: 'int16', shape, data }
  if (data instanceof Int32Array) return { type: 'int32', shape, data }
  if (data instanceof BigInt64Array) return { type: 'int64', shape, data }
  throw dataError(subject, `elements of type ${String(values.type)}`, 'float32, float64 or integers')
}

function classIndex(subject: string, value: unknown): number {
  const label = typeof value === 'bigint' ? Number(value) : value
  if (typeof label === 'number' && Number.isInteger(label) && label >= 0) return label
  throw dataError(subject, `label ${String(value)}`, 'a class index')
}
