import type { Tensor } from '@quantrx/core'
import { isQuantrxError } from '@quantrx/core'
import { dataError } from '../data-error.ts'
import { imageSize } from '../tensors/input-target.ts'
import type { ImageSize, InputTarget } from '../tensors/input-target.ts'
import type { ImageDecoder } from './image-decoder.ts'
import { defaultImagePreparation } from './image-preparation.ts'
import type { ImagePreparation } from './image-preparation.ts'

/** What images become, and what decodes them. */
export interface ImageOptions {
  readonly decoder: ImageDecoder
  readonly target: InputTarget | undefined
  readonly preparation?: Partial<ImagePreparation> | undefined
}

/**
 * An image file as uint8 pixels of the size and layout that a model input has.
 *
 * @throws DataError naming the file when it is no image, or the input does not take images.
 */
export async function imageTensor(name: string, bytes: Uint8Array, options: ImageOptions): Promise<Tensor> {
  const preparation = { ...defaultImagePreparation, ...options.preparation }
  const size = imageSize(name, options.target)
  const { height, width, channels, channelsFirst } = size
  const pixels = await decode(name, bytes, options.decoder, size, preparation)
  if (preparation.colorOrder === 'bgr' && channels === 3) swapRedAndBlue(pixels)
  return channelsFirst
    ? { type: 'uint8', shape: [channels, height, width], data: inPlanes(pixels, channels) }
    : { type: 'uint8', shape: [height, width, channels], data: pixels }
}

async function decode(
  name: string,
  bytes: Uint8Array,
  decoder: ImageDecoder,
  { height, width, channels }: ImageSize,
  { fit, cropFraction }: ImagePreparation,
): Promise<Uint8Array> {
  if (!(cropFraction > 0 && cropFraction <= 1))
    throw dataError('crop fraction', String(cropFraction), 'above 0 to 1')
  try {
    return await decoder(bytes, { height, width, channels, fit, cropFraction })
  } catch (cause) {
    if (isQuantrxError(cause)) throw cause
    const found = `no image (${cause instanceof Error ? cause.message : String(cause)})`
    throw dataError(
      name,
      found,
      'JPEG, PNG, WebP or another known format',
      'Remove or repair the file',
      cause,
    )
  }
}

function swapRedAndBlue(pixels: Uint8Array): void {
  for (let at = 0; at < pixels.length; at += 3) {
    const red = pixels[at]!
    pixels[at] = pixels[at + 2]!
    pixels[at + 2] = red
  }
}

function inPlanes(pixels: Uint8Array, channels: number): Uint8Array {
  const plane = pixels.length / channels
  return Uint8Array.from(pixels, (_, at) => pixels[(at % plane) * channels + Math.floor(at / plane)]!)
}
