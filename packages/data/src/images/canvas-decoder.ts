import { cropBox } from './crop-box.ts'
import type { ImageDecoder, ImageRequest } from './image-decoder.ts'

/**
 * Decodes images with what browsers bring along, in pages and in workers. The browser decides how it scales, so pixels
 * differ a little from browser to browser.
 *
 * @example
 * samples(imageFiles(input.files, { decoder: canvasDecoder, target: { shape: [1, 224, 224, 3], type: 'float32' } }))
 */
export const canvasDecoder: ImageDecoder = async (bytes, request) => {
  const image = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>]))
  try {
    return draw(image, request)
  } finally {
    image.close()
  }
}

function draw(image: ImageBitmap, request: ImageRequest): Uint8Array {
  const { width, height, channels } = request
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  if (context === null) throw new Error('the browser gave no canvas to draw on')
  context.fillStyle = 'black'
  context.fillRect(0, 0, width, height)
  context.imageSmoothingQuality = 'high'
  const box = cropBox(image.width, image.height, request)
  const place = placeOf(box.width, box.height, request)
  context.drawImage(image, box.left, box.top, box.width, box.height, ...place)
  return pixels(context.getImageData(0, 0, width, height).data, channels)
}

/** Where the image is drawn: everywhere, or in the middle of what it does not fill. */
function placeOf(width: number, height: number, request: ImageRequest): [number, number, number, number] {
  if (request.fit !== 'pad') return [0, 0, request.width, request.height]
  const scale = Math.min(request.width / width, request.height / height)
  const [wide, high] = [width * scale, height * scale]
  return [(request.width - wide) / 2, (request.height - high) / 2, wide, high]
}

/** Without the fourth channel; a single one is the luma of ITU-R BT.709. */
export function pixels(rgba: ArrayLike<number>, channels: 1 | 3): Uint8Array {
  const count = rgba.length / 4
  const result = new Uint8Array(count * channels)
  for (let at = 0; at < count; at++) {
    const [red, green, blue] = [rgba[at * 4]!, rgba[at * 4 + 1]!, rgba[at * 4 + 2]!]
    if (channels === 1) result[at] = Math.round(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    else result.set([red, green, blue], at * 3)
  }
  return result
}
