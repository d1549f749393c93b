import type { Opener, Sample } from '@quantrx/core'
import { checkedSamples, noSamples } from './checked-samples.ts'
import type { AnyMetric } from './running-metric.ts'

/** What an evaluation reads, and who is told of it. */
export interface EvaluationPass<Run> {
  readonly open: Opener
  /** What will judge the samples, and says what they must bring. */
  readonly metrics: readonly AnyMetric[]
  readonly signal?: AbortSignal | undefined
  readonly onSample?: ((done: number) => void) | undefined
  readonly runSamples: (samples: AsyncIterable<Sample>) => AsyncIterable<Run>
}

/**
 * Shows every run of the samples of a source to `judgeRun`. The source is closed in any case.
 *
 * @returns the number of samples.
 * @throws DataError when there are none, or for what `checkedSamples` refuses; the reason of `signal` when that is aborted.
 */
export async function evaluationPass<Run>(
  { open, metrics, signal, onSample, runSamples }: EvaluationPass<Run>,
  judgeRun: (run: Run) => void,
): Promise<number> {
  const abort = new AbortController()
  const signals = signal === undefined ? abort.signal : AbortSignal.any([signal, abort.signal])
  let samples = 0
  try {
    for await (const run of runSamples(checkedSamples(open(signals), metrics, signal))) {
      judgeRun(run)
      samples++
      onSample?.(samples)
    }
  } finally {
    abort.abort()
  }
  signal?.throwIfAborted()
  if (samples === 0) throw noSamples()
  return samples
}
