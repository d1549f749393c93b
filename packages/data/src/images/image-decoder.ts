import type { ImagePreparation } from './image-preparation.ts'

/** What an image is decoded to. */
export interface ImageRequest extends Pick<ImagePreparation, 'fit' | 'cropFraction'> {
  readonly height: number
  readonly width: number
  readonly channels: 1 | 3
}

/**
 * Decodes the bytes of an image file to the size asked for: `height * width * channels` pixel values, row by row, red before
 * green before blue. Turned as its metadata says; what is transparent is black.
 */
export type ImageDecoder = (bytes: Uint8Array, request: ImageRequest) => Promise<Uint8Array>
