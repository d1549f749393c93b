import type { Model } from '../types.ts'
import { modelParts } from './model-parts.ts'
import type { WriteOptions } from './model-parts.ts'

/**
 * Writes a model as a `.tflite` file: `readModel(writeModel(model))` equals `model`, but for the offsets of what stands outside the
 * FlatBuffer and of an archive behind it that counts from the start of the file: both move along. The same model gives the same
 * bytes. Buffers are aligned to 16 bytes; equal strings, vectors and vtables are stored once.
 *
 * The whole file is made in memory; `modelParts` does without.
 *
 * @throws ModelFormatError naming the path of a field that would get lost, or of a value that the format cannot hold.
 *
 * @example
 * await writeFile('copy.tflite', writeModel(readModel(bytes)))
 */
export function writeModel(model: Model, options?: WriteOptions): Uint8Array {
  const { byteLength, parts } = modelParts(model, options)
  const file = new Uint8Array(byteLength)
  let position = 0
  for (const part of parts) {
    file.set(part, position)
    position += part.length
  }
  return file
}
