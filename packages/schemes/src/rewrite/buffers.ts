import type { Buffer, Model } from '@quantrx/tflite'

/** The buffers of a new model: those of the source that are still in use, and new ones. */
export interface BufferTable {
  /** New index of a buffer of the source. */
  keep(index: number): number
  /** Index of a new buffer. */
  create(data: Uint8Array): number
  /** Index of a new buffer; equal `key`s share one. */
  add(key: string, data: () => Uint8Array): number
  /** All buffers of the new model, the empty one first. */
  finish(): readonly Buffer[]
}

/** A buffer that holds its bytes in the file itself. */
const inline = (data?: Uint8Array): Buffer => ({
  offset: 0n,
  size: 0n,
  ...(data === undefined ? {} : { data }),
})

/** Starts the buffers of a model that replaces `source`. Buffer 0 is empty by convention. */
export function bufferTable(source: Model): BufferTable {
  const buffers: Buffer[] = [source.buffers?.[0] ?? inline()]
  const kept = new Map<number, number>([[0, 0]])
  const added = new Map<string, number>()
  const push = (buffer: Buffer): number => buffers.push(buffer) - 1
  return {
    keep(index) {
      const known = kept.get(index)
      if (known !== undefined) return known
      const fresh = push(source.buffers?.[index] ?? inline())
      kept.set(index, fresh)
      return fresh
    },
    add(key, data) {
      const known = added.get(key)
      if (known !== undefined) return known
      const fresh = push(inline(data()))
      added.set(key, fresh)
      return fresh
    },
    create: (data) => push(inline(data)),
    finish: () => buffers,
  }
}
