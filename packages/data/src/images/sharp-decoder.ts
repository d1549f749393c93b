import { dataError } from '../data-error.ts'
import { cropBox } from './crop-box.ts'
import type { ImageDecoder } from './image-decoder.ts'

/**
 * Decodes images with the package `sharp`, which is to be installed beside this one: JPEG, PNG, WebP, GIF, TIFF, AVIF. Scales
 * with antialiasing, linearly between pixels.
 *
 * @throws DataError when `sharp` is not installed.
 */
export async function sharpDecoder(name: string): Promise<ImageDecoder> {
  const sharp = await sharpPackage(name)
  return async (bytes, request) => {
    const { width, height, fit, channels } = request
    const colors = channels === 1 ? 'b-w' : 'srgb'
    const upright = sharp(bytes, { failOn: 'error' })
      .autoOrient()
      .flatten({ background: 'black' })
      .toColourspace(colors)
    const source = await upright.raw().toBuffer({ resolveWithObject: true })
    const box = cropBox(source.info.width, source.info.height, request)
    const raw = { width: source.info.width, height: source.info.height, channels: source.info.channels }
    const scaled = sharp(source.data, { raw })
      .extract(box)
      .resize(width, height, {
        fit: fit === 'pad' ? 'contain' : 'fill',
        kernel: 'linear',
        background: 'black',
      })
      .toColourspace(colors)
    const { data } = await scaled.raw().toBuffer({ resolveWithObject: true })
    return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  }
}

/** Loaded when it is needed, so that other files can be read without the package. */
async function sharpPackage(name: string) {
  try {
    return (await import('sharp')).default
  } catch (cause) {
    const advice = 'Run npm install sharp'
    throw dataError(name, 'no package sharp to decode it with', 'it to be installed', advice, cause)
  }
}
