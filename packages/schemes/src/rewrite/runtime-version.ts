import type { Model } from '@quantrx/tflite'

/** Name of the metadata entry that tells the oldest runtime that can run a model. */
export const minimumRuntimeVersion = 'min_runtime_version'

/** Such an entry holds ASCII text, zero-padded to this many bytes. */
const entryBytes = 16

/** The larger of two versions such as `2.4.0`; numbers compare as numbers. */
export function laterVersion(a: string, b: string): string {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number))
  for (let at = 0; at < 3; at++) {
    const difference = (left?.[at] ?? 0) - (right?.[at] ?? 0)
    if (difference !== 0) return difference > 0 ? a : b
  }
  return a
}

/** The version that a model states; undefined where it states none. */
export function statedRuntimeVersion({
  metadata = [],
  buffers = [],
}: Pick<Model, 'metadata' | 'buffers'>): string | undefined {
  const entry = metadata.find(({ name }) => name === minimumRuntimeVersion)
  const data = entry === undefined ? undefined : buffers[entry.buffer]?.data
  const text = data === undefined ? '' : new TextDecoder().decode(data).replace(/\0.*$/s, '')
  return /^\d+(\.\d+)*$/.test(text) ? text : undefined
}

/** A version as the bytes of a metadata entry. */
export function runtimeVersionBytes(version: string): Uint8Array {
  const bytes = new Uint8Array(entryBytes)
  bytes.set(new TextEncoder().encode(version).subarray(0, entryBytes))
  return bytes
}
