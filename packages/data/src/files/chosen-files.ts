import type { Opener } from '@quantrx/core'
import { fileSamples } from './file-samples.ts'
import type { SampleFile } from './file-samples.ts'
import type { InputTarget } from '../tensors/input-target.ts'
import { canvasDecoder } from '../images/canvas-decoder.ts'
import type { ImageDecoder } from '../images/image-decoder.ts'
import type { ImagePreparation } from '../images/image-preparation.ts'

/** What becomes of the files that somebody chose or dropped. */
export interface ChosenFilesOptions {
  readonly target?: InputTarget
  readonly images?: Partial<ImagePreparation>
  /** The browser's own by default. */
  readonly decoder?: ImageDecoder
  readonly classNames?: readonly string[]
}

/**
 * An opener for files that somebody chose or dropped in a browser, images above all; the first folder inside the chosen one
 * names the class. See `fileSamples` for order and errors.
 *
 * @example
 * samples(chosenFiles(input.files, { target: { shape: [1, 96, 96, 3], type: 'float32' } }))
 */
export function chosenFiles(files: Iterable<File>, options: ChosenFilesOptions = {}): Opener {
  const { decoder = canvasDecoder, target, images, classNames } = options
  return fileSamples({
    ...{ name: 'files', target, images, classNames },
    imageDecoder: () => decoder,
    list: () => Array.from(files, chosenFile),
  })
}

/** A chosen folder's own name comes first in the path and is no class. */
function chosenFile(file: File): SampleFile {
  const path = file.webkitRelativePath
  const name = path === '' ? file.name : path.slice(path.indexOf('/') + 1)
  return { name, read: async () => new Uint8Array(await file.arrayBuffer()) }
}
