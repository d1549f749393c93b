import { viewBytes } from '@quantrx/core'
import type { Tensor } from '@quantrx/core'
import { decodeWav } from '../audio/wav.ts'
import { dataError } from '../data-error.ts'
import type { ImageDecoder } from '../images/image-decoder.ts'
import type { ImagePreparation } from '../images/image-preparation.ts'
import { imageTensor } from '../images/image-tensor.ts'
import { checkNpyLength, npyHeader } from '../npy/header.ts'
import { fillTarget } from '../tensors/input-target.ts'
import type { InputTarget } from '../tensors/input-target.ts'

/** How files become tensors. */
export interface FileDecoding {
  /** Decodes images; asked for only when there are some. */
  imageDecoder(name: string): Promise<ImageDecoder> | ImageDecoder
  readonly target?: InputTarget | undefined
  readonly images?: Partial<ImagePreparation> | undefined
}

type FileReader = (name: string, bytes: Uint8Array, decoding: FileDecoding) => Promise<Tensor> | Tensor

const image: FileReader = async (name, bytes, { imageDecoder, target, images }) =>
  imageTensor(name, bytes, { decoder: await imageDecoder(name), target, preparation: images })

const readers: Readonly<Record<string, FileReader>> = {
  ...Object.fromEntries(
    ['jpg', 'jpeg', 'png', 'webp', 'gif', 'avif', 'tif', 'tiff', 'bmp'].map((extension) => [
      extension,
      image,
    ]),
  ),
  wav: (name, bytes, { target }) => {
    const data = fillTarget(decodeWav(bytes, name).values, target)
    return { type: 'float32', shape: target?.shape ?? [data.length], data }
  },
  npy: (name, bytes) => wholeArray(name, bytes),
}

/** Extensions of files that can be one sample each, without the dot. */
export const sampleExtensions: readonly string[] = Object.keys(readers)

const extensionOf = (name: string): string => /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''

/** True for the names of files that can be one sample each. */
export const isSampleFile = (name: string): boolean => extensionOf(name) in readers

/**
 * One file as one tensor, by its extension: an image, a sound (cut or filled with silence to the input's length), or a `.npy`
 * array as a whole.
 *
 * @throws DataError naming the file when it is damaged or of another kind.
 */
export async function decodeFile(name: string, bytes: Uint8Array, decoding: FileDecoding): Promise<Tensor> {
  const read = readers[extensionOf(name)]
  if (read !== undefined) return read(name, bytes, decoding)
  throw dataError(name, 'a file of another kind', `one of .${sampleExtensions.join(', .')}`)
}

function wholeArray(name: string, bytes: Uint8Array): Tensor {
  const header = npyHeader(name, bytes)
  checkNpyLength(name, header, bytes.length)
  const { type, shape, dataStart } = header
  return { type, shape, data: viewBytes(type, bytes.slice(dataStart)) } as Tensor
}
