import { ModelFormatError } from '@quantrx/core'
import { moveArchive } from '../archive/move-archive.ts'
import type { Model } from '../types.ts'
import { aligned, regionParts } from './blobs.ts'
import { encodeModel, largestFlatBuffer } from './encode-model.ts'
import type { EncodedModel } from './encode-model.ts'
import { readBounded } from './read.ts'

/** Choices of `writeModel` and `modelParts`. */
export interface WriteOptions {
  /** Write although fields that are newer than the schema get lost; refused otherwise. */
  readonly dropUnknownFields?: boolean
}

/** A model as a file: its size, and its bytes from first to last. */
export interface ModelParts {
  readonly byteLength: number
  /** Views on the model's weights, not copies of them; what is not in memory is read as it comes up. To be gone through once. */
  readonly parts: Iterable<Uint8Array>
}

/** Zeros behind the last buffer, for kernels that read a little more than they use. */
const readAhead = 16

/** Name and value by which files say that their buffers stand outside the FlatBuffer. */
const outsideMark = { name: 'buffer_location', value: 'outside flatbuffers' }

/**
 * The bytes of a model's `.tflite` file, without a copy of its weights: for files that are larger than memory should be.
 * `writeModel` says what is kept. Buffers that stood outside the FlatBuffer do so again; when it would pass 2 GB, all do.
 *
 * @throws ModelFormatError naming the path of a field that would get lost, or of a value that the format cannot hold.
 *
 * @example
 * const { parts } = modelParts(model)
 * for (const part of parts) await file.write(part)
 */
export function modelParts(model: Model, options: WriteOptions = {}): ModelParts {
  checkUnknownFields(model, options)
  const layout = layOut(model)
  const end = endOf(layout)
  const trailing =
    model.trailing === undefined
      ? new Uint8Array(aligned(end) - end + (end > layout.structure.length ? readAhead : 0))
      : moveArchive(model.trailing, end)
  return { byteLength: end + trailing.length, parts: partsOf(layout, end, trailing) }
}

/**
 * Refuses a model with fields that would get lost, as writing does: to be asked before the work that leads to it.
 *
 * @throws ModelFormatError naming the path of such a field, unless they may be dropped.
 */
export function checkUnknownFields(model: Model, { dropUnknownFields = false }: WriteOptions = {}): void {
  const lost = model.unknownFields?.[0]
  if (lost !== undefined && !dropUnknownFields) throw unknownField(lost)
}

/** Offsets outside the FlatBuffer depend on its size, which does not depend on them: it is written twice where there are some. */
function layOut(model: Model): EncodedModel {
  const first = encodeModel(model, { outsideBase: 0, allOutside: false })
  const allOutside = first.flatBufferBytes > largestFlatBuffer
  if (!allOutside && first.outside.placed.length === 0) return first
  const marked = allOutside ? withOutsideMark(model) : model
  const sized = allOutside ? encodeModel(marked, { outsideBase: 0, allOutside }) : first
  if (sized.flatBufferBytes > largestFlatBuffer) throw tooLarge(sized.flatBufferBytes)
  return encodeModel(marked, { outsideBase: aligned(sized.flatBufferBytes), allOutside })
}

function withOutsideMark(model: Model): Model {
  const { metadata = [], buffers = [] } = model
  if (metadata.some(({ name }) => name === outsideMark.name)) return model
  const data = new TextEncoder().encode(outsideMark.value)
  return {
    ...model,
    metadata: [...metadata, { name: outsideMark.name, buffer: buffers.length }],
    buffers: [...buffers, { data, offset: 0n, size: 0n }],
  }
}

/** First byte behind what the model refers to: what follows there is found again when the file is read. */
function endOf({ structure, inside, outside, outsideBase }: EncodedModel): number {
  if (outside.placed.length > 0) return outsideBase + outside.byteLength
  return inside.placed.length > 0 ? structure.length + inside.byteLength : readBounded(structure).end
}

function* partsOf(layout: EncodedModel, end: number, trailing: Uint8Array): Generator<Uint8Array> {
  const { structure, inside, outside, outsideBase, flatBufferBytes } = layout
  const lengthOf = ({ byteLength }: { readonly byteLength: number }): Uint8Array =>
    new Uint8Array(Uint32Array.of(byteLength).buffer)
  // Padding that alignment has put at the end belongs to no one: bytes behind the model begin before it.
  yield structure.subarray(0, end)
  yield* nonEmpty(regionParts(inside, lengthOf))
  if (outside.placed.length > 0) {
    yield new Uint8Array(outsideBase - flatBufferBytes)
    yield* nonEmpty(regionParts(outside, () => new Uint8Array()))
  }
  if (trailing.length > 0) yield trailing
}

function* nonEmpty(parts: Iterable<Uint8Array>): Generator<Uint8Array> {
  for (const part of parts) if (part.length > 0) yield part
}

function tooLarge(bytes: number): ModelFormatError {
  return new ModelFormatError({
    stage: 'model',
    subject: 'model',
    found: `${bytes} bytes besides the buffers`,
    expected: `at most ${largestFlatBuffer} in a FlatBuffer`,
    nextStep: 'Split the model',
  })
}

function unknownField(path: string): ModelFormatError {
  return new ModelFormatError({
    stage: 'model',
    subject: path,
    found: 'a field that is newer than the schema of this version',
    expected: 'only fields that can be carried over',
    nextStep:
      'Update quantrx, or drop such fields: --drop-unknown-fields, in code { dropUnknownFields: true }',
  })
}
