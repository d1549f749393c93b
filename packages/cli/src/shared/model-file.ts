import { QuantrxError } from '@quantrx/core'
import { readModel } from '@quantrx/tflite'
import type { ByteSource, Model } from '@quantrx/tflite'
import type { Environment } from '../environment.ts'

/** A model, its file and the size of that. */
export interface ModelFile {
  readonly model: Model
  /** The file in memory; undefined for one that is read in parts. */
  readonly content?: Uint8Array
  readonly bytes: number
}

/** Larger files are read in parts: no `readFile` takes them. */
const largestContent = 2 ** 31 - 1

/**
 * Reads a model file.
 *
 * @throws QuantrxError naming the path when it cannot be read, and ModelFormatError when it is no model.
 */
export async function readModelFile(
  environment: Pick<Environment, 'files'>,
  path: string,
): Promise<ModelFile> {
  const { content, bytes } = await openModelFile(environment, path)
  const model = readModel(content)
  return ArrayBuffer.isView(content) ? { model, content, bytes } : { model, bytes }
}

async function openModelFile(
  { files }: Pick<Environment, 'files'>,
  path: string,
): Promise<{ readonly content: Uint8Array | ByteSource; readonly bytes: number }> {
  try {
    const bytes = await files.size(path)
    if (bytes > largestContent) return { content: files.open(path, bytes), bytes }
    const content = await files.readFile(path)
    return { content, bytes: content.byteLength }
  } catch (cause) {
    const missing = (cause as { code?: string }).code === 'ENOENT'
    throw new QuantrxError({
      stage: 'command',
      subject: path,
      found: missing ? 'no such file' : String(cause),
      expected: 'a .tflite file',
      nextStep: 'Check the path of the model',
      cause,
    })
  }
}
