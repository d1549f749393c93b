import type { ImagePreparation, Normalization } from '@quantrx/data'
import type { Model } from '@quantrx/tflite'
import { imagePreparation } from './data-options.ts'
import type { DataOptions } from './data-options.ts'
import { publishedNormalization } from './published-normalization.ts'

/** What became of samples before they were inputs. Plain data, to be kept with results. */
export interface InputPreparation {
  /** What became of images, where samples were images. */
  readonly images: ImagePreparation
  /** How values were normalized: all, as an option said, or pixels, as the metadata of the model says. */
  readonly normalize?: Normalization & { readonly saidBy: 'option' | 'metadata' }
}

/** What becomes of the samples that the options choose for a model. */
export function inputPreparation(options: DataOptions, model: Model): InputPreparation {
  const images = imagePreparation(options)
  if (options.normalize !== undefined)
    return { images, normalize: { ...options.normalize, saidBy: 'option' } }
  const published = publishedNormalization(model)
  return published === undefined ? { images } : { images, normalize: { ...published, saidBy: 'metadata' } }
}
