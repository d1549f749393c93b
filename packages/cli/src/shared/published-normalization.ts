import type { Opener } from '@quantrx/core'
import { normalize } from '@quantrx/data'
import type { Normalization } from '@quantrx/data'
import { inputMetadata } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import type { Environment } from '../environment.ts'

/**
 * How the publisher of a model with one input says that its values are to be normalized; an input that takes bytes takes them
 * as they are.
 */
export function publishedNormalization(model: Model): Normalization | undefined {
  const graph = model.subgraphs?.[0]
  const [input, second] = graph?.inputs ?? []
  if (second !== undefined || graph?.tensors?.[input ?? -1]?.type === 'UINT8') return undefined
  return inputMetadata(model)[0]?.normalization
}

/**
 * Samples that are pixels, unsigned bytes, normalized as the model's metadata says. All others are taken to be prepared
 * already. Tells once that it does so.
 */
export function normalizedAsPublished(
  open: Opener,
  model: Model,
  { stderr }: Pick<Environment, 'stderr'>,
): Opener {
  const published = publishedNormalization(model)
  if (published === undefined) return open
  const { mean, std } = published
  return normalizedPixels(open, published, () => {
    const text = [mean, std].map((values) => [values].flat().join(':')).join(',')
    stderr(
      `quantrx: pixels are normalized by ${text}, as the model's metadata says; --normalize overrides it\n`,
    )
  })
}

/** Samples that are pixels, unsigned bytes, normalized; all others as they are. `onFirst` is called at the first that is. */
export function normalizedPixels(
  open: Opener,
  normalization: Normalization,
  onFirst: () => void = () => undefined,
): Opener {
  let told = false
  return async function* (signal) {
    for await (const sample of open(signal)) {
      if (sample.inputs[0]?.type !== 'uint8') {
        yield sample
        continue
      }
      if (!told) onFirst()
      told = true
      yield* normalize(() => only(sample), normalization)(signal)
    }
  }
}

async function* only<Item>(item: Item): AsyncGenerator<Item> {
  yield item
}
