import { DataError, checkFinite } from '@quantrx/core'
import type { Opener, Sample, Stage, Tensor } from '@quantrx/core'

/** Which samples are wanted. */
export interface SampleChoice {
  /** Most samples to keep, at least 1. */
  readonly limit: number
  readonly stage: Stage
  readonly signal?: AbortSignal
}

/**
 * An even choice of the samples of a source, read once: every one, every second, every fourth and so on, whichever gives at most
 * `limit` of them. Memory is bounded by the choice; the samples are copies.
 *
 * @throws DataError when there are no samples, or one that is looked at holds NaN.
 *
 * @example
 * const chosen = await chooseSamples(open, { limit: 128, stage: 'quantize' })
 */
export async function chooseSamples(open: Opener, choice: SampleChoice): Promise<readonly Sample[]> {
  const { limit, stage, signal } = choice
  const abort = new AbortController()
  const signals = signal === undefined ? abort.signal : AbortSignal.any([signal, abort.signal])
  let kept: Sample[] = []
  let stride = 1
  let position = 0
  try {
    for await (const sample of open(signals)) {
      signal?.throwIfAborted()
      if (position++ % stride !== 0) continue
      checkFinite(sample, stage)
      if (kept.length === limit) {
        kept = kept.filter((_, at) => at % 2 === 0)
        stride *= 2
        if ((position - 1) % stride !== 0) continue
      }
      kept.push(copyOf(sample))
    }
  } finally {
    abort.abort()
  }
  signal?.throwIfAborted()
  if (kept.length > 0) return kept
  throw new DataError({
    stage,
    subject: 'samples',
    found: 'no samples',
    expected: 'at least one',
    nextStep: 'Check the data source and the selected rows',
  })
}

const copyOf = (sample: Sample): Sample => ({
  ...sample,
  inputs: sample.inputs.map((tensor) => ({ ...tensor, data: tensor.data.slice() }) as Tensor),
})
