import { isQuantrxError } from '@quantrx/core'
import type { Opener, Sample } from '@quantrx/core'
import { RecordBatchReader } from 'apache-arrow'
import type { RecordBatch } from 'apache-arrow'
import { byteSource } from '../byte-source.ts'
import type { ByteSource, ByteStream } from '../byte-source.ts'
import { dataError } from '../data-error.ts'
import { batchSamples, labelColumn } from './batch.ts'
import type { ArrowColumns } from './columns.ts'
import { checkEndMarker, checkSourceEnd, checkedStream } from './end-marker.ts'
import { tensorColumn } from './tensor-column.ts'

/**
 * An opener for the rows of Arrow IPC data, file or stream format: a tensor column and, where there is one, a column of
 * labels. Read batch by batch; samples are views on the batch.
 *
 * Errors: `DataError` for damaged data, data that is cut short, missing columns (naming those there are), null
 * values and labels that are no class index.
 *
 * @example
 * samples(arrow(new Uint8Array(await (await fetch('samples.arrow')).arrayBuffer())))
 */
export function arrow(source: Uint8Array | Blob, columns: ArrowColumns = {}): Opener {
  const name = 'Arrow data'
  if (source instanceof Blob) return arrowRows(() => byteSource(name, source), columns)
  return openerOf(() => {
    checkEndMarker(name, source.subarray(0, 8), source.subarray(-8), source.length)
    return { name, input: source }
  }, columns)
}

/**
 * An opener for the rows of an Arrow source that `openSource` opens anew for each reading; see {@link arrow}. The source
 * is closed at the end, on errors, and when reading stops early. A stream of the Arrow file format is held as a whole.
 *
 * @example
 * samples(arrowRows(async (signal) => {
 *   const { body } = await fetch('samples.arrows', { signal })
 *   return { name: 'samples.arrows', stream: body ?? new ReadableStream() }
 * }))
 */
export function arrowRows(
  openSource: (signal: AbortSignal) => ArrowSource | Promise<ArrowSource>,
  columns: ArrowColumns = {},
): Opener {
  return openerOf(async (signal) => {
    const source = await openSource(signal)
    const close = (): Promise<void> | undefined => source.close?.()
    return 'stream' in source
      ? { name: source.name, input: checkedStream(source), close }
      : { name: source.name, input: fileHandle(source), check: () => checkSourceEnd(source), close }
  }, columns)
}

/** Where Arrow data comes from. */
export type ArrowSource = ByteSource | ByteStream

/** What apache-arrow reads from a file: the part of Node's FileHandle that it uses. */
interface ArrowFileHandle {
  readonly fd: number
  stat(): Promise<{ readonly size: number }>
  read(into: Uint8Array, at: number, length: number, position: number): Promise<FileRead>
  close(): Promise<void>
}

interface FileRead {
  readonly bytesRead: number
  readonly buffer: Uint8Array
}

interface OpenedArrow {
  readonly name: string
  readonly input: Uint8Array | AsyncIterable<Uint8Array> | ArrowFileHandle
  check?(): Promise<void>
  close?(): Promise<void> | undefined
}

function fileHandle(source: ByteSource): ArrowFileHandle {
  return {
    fd: 0,
    stat: () => Promise.resolve({ size: source.size }),
    async read(into, at, length, position) {
      const end = Math.min(position + length, source.size)
      into.set(await source.read(position, end), at)
      return { bytesRead: end - position, buffer: into }
    },
    // Whoever opened the source closes it.
    close: () => Promise.resolve(),
  }
}

function openerOf(
  open: (signal: AbortSignal) => OpenedArrow | Promise<OpenedArrow>,
  columns: ArrowColumns,
): Opener {
  return async function* (signal) {
    const source = await open(signal)
    try {
      signal.throwIfAborted()
      await source.check?.()
      yield* readRows(source, columns, signal)
    } catch (cause) {
      if (signal.aborted || isQuantrxError(cause)) throw cause
      const found = `damaged Arrow data (${cause instanceof Error ? cause.message : String(cause)})`
      throw dataError(source.name, found, 'an Arrow IPC file or stream', advice, cause)
    } finally {
      await source.close?.()
    }
  }
}

const advice = 'The data is cut short or no Arrow; get it again'

async function* readRows(
  { name, input }: OpenedArrow,
  columns: ArrowColumns,
  signal: AbortSignal,
): AsyncGenerator<Sample> {
  // The overloads of `from` have no signature for all that it accepts at run time.
  const reader = await RecordBatchReader.from(input as Uint8Array)
  await reader.open()
  // Later, the reader has no schema any more. Its type hides that data without a schema message has none at all.
  const schema = reader.schema as typeof reader.schema | undefined
  if (schema === undefined) throw dataError(name, 'no schema', 'an Arrow IPC file or stream', advice)
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
