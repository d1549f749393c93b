import type { ImageRequest } from './image-decoder.ts'

/** Part of an image, in its pixels. */
export interface CropBox {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/**
 * The part of an image of `width * height` pixels that fills the request with nothing but a change of scale, in whole pixels
 * and at least one; all of it for `stretch` and `pad`.
 */
export function cropBox(width: number, height: number, request: ImageRequest): CropBox {
  if (request.fit !== 'crop') return { left: 0, top: 0, width, height }
  const scale = Math.min(width / request.width, height / request.height) * request.cropFraction
  const wide = Math.min(width, Math.max(1, Math.round(request.width * scale)))
  const high = Math.min(height, Math.max(1, Math.round(request.height * scale)))
  return {
    left: Math.floor((width - wide) / 2),
    top: Math.floor((height - high) / 2),
    width: wide,
    height: high,
  }
}
