import { normalizedAsPublished, normalizedPixels } from '@quantrx/cli/browser'
import type { Opener } from '@quantrx/core'
import type { Normalization } from '@quantrx/data'
import type { Model } from '@quantrx/tflite'
import type { PixelScale } from './messages.ts'

const scales: Readonly<Record<Exclude<PixelScale, 'published' | 'bytes'>, Normalization>> = {
  unit: { mean: 0, std: 255 },
  symmetric: { mean: 127.5, std: 127.5 },
}

/** Samples whose pixels, where they are some, are what the model expects. */
export function preparePixels(open: Opener, model: Model, scale: PixelScale): Opener {
  if (scale === 'bytes') return open
  if (scale === 'published') return normalizedAsPublished(open, model, { stderr: () => undefined })
  return normalizedPixels(open, scales[scale])
}

/** What a report says of it. */
export const preparationOf = (scale: PixelScale): Readonly<Record<string, unknown>> =>
  scale === 'unit' || scale === 'symmetric' ? { normalize: scales[scale] } : {}
