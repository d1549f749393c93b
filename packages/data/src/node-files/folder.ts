import { readFile, readdir } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { Opener } from '@quantrx/core'
import type { KnownClasses } from '../files/class-names.ts'
import { fileSamples } from '../files/file-samples.ts'
import type { SampleFile } from '../files/file-samples.ts'
import { sharpDecoder } from '../images/sharp-decoder.ts'
import type { ImagePreparation } from '../images/image-preparation.ts'
import type { InputTarget } from '../tensors/input-target.ts'
import { unreadable } from './file-source.ts'

/** What becomes of the files of a folder. */
export interface FileOptions extends KnownClasses {
  /** The model input that images and sounds are made for. */
  readonly target?: InputTarget | undefined
  readonly images?: Partial<ImagePreparation> | undefined
}

/**
 * An opener for a folder of images, sounds or `.npy` arrays, one sample a file, in the order of their paths; sub-folders, where
 * there are some, are the classes. Images need the package `sharp`.
 *
 * Errors: `DataError` for a folder without such files, and naming the file that cannot be read.
 *
 * @example
 * samples(folder('flowers', { target: { shape: [1, 224, 224, 3], type: 'float32' } }))
 */
export function folder(path: string, options: FileOptions = {}): Opener {
  return fileSamples({ ...options, name: path, imageDecoder: sharpDecoder, list: () => filesIn(path) })
}

/** All files below a folder but hidden ones. */
async function filesIn(path: string): Promise<readonly SampleFile[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw unreadable(path, 'a folder of samples', cause)
  })
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => sampleFile(file, file.slice(join(path, sep).length).replaceAll(sep, '/')))
    .filter(({ name }) => !name.split('/').some((part) => part.startsWith('.')))
}

/** A file on disk that becomes one sample. */
export function sampleFile(path: string, name: string, label?: number): SampleFile {
  const read = async (signal: AbortSignal): Promise<Uint8Array> => {
    try {
      return await readFile(path, { signal })
    } catch (cause) {
      signal.throwIfAborted()
      throw unreadable(path, 'a file', cause)
    }
  }
  return label === undefined ? { name, read } : { name, label, read }
}
