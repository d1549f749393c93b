import { QuantrxError } from '@quantrx/core'
import { readModel } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import type { Environment } from '../environment.ts'

/** A model, its file and the size of that. */
export interface ModelFile {
  readonly model: Model
  readonly content: Uint8Array
  readonly bytes: number
}

/**
 * Reads a model file.
 *
 * @throws QuantrxError naming the path when it cannot be read, and ModelFormatError when it is no model.
 */
export async function readModelFile({ files }: Pick<Environment, 'files'>, path: string): Promise<ModelFile> {
  let content: Uint8Array
  try {
    content = await files.readFile(path)
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
  return { model: readModel(content), content, bytes: content.byteLength }
}
