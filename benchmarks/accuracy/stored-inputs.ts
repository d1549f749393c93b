import type { Opener, Sample } from '@quantrx/core'
import { sampleRunner } from '@quantrx/evaluators'
import type { SampleRun } from '@quantrx/evaluators'
import type { Model } from '@quantrx/tflite'

/**
 * Runs a model on samples as it stores them, and the float model on the same ones as that wants them: a publisher's file may have been
 * made for other normalization than that of the float model, with a scale of its own that is not quite the same.
 *
 * @returns what `evaluateModel` takes as `runSamples`, for samples of the float model.
 */
export async function runStored(model: Model, reference: Model, openStored: Opener) {
  const [own, float] = [await sampleRunner({ model }), await sampleRunner({ model: reference })]
  return async function* (samples: AsyncIterable<Sample>): AsyncIterable<SampleRun> {
    const abort = new AbortController()
    const stored = openStored(abort.signal)[Symbol.asyncIterator]()
    try {
      for await (const sample of samples) {
        const next = await stored.next()
        if (next.done === true) throw new Error('fewer stored samples than normalized ones')
        const { output, logits } = own(next.value)
        const { output: expected, logits: wanted } = float(sample)
        yield {
          ...{ sample, output, reference: expected },
          ...(logits && wanted && { logits: { ...logits, reference: wanted.values } }),
        }
      }
    } finally {
      abort.abort()
      await stored.return?.()
    }
  }
}
