import { DataError, checkFinite } from '@quantrx/core'
import type { Sample } from '@quantrx/core'
import type { AnyMetric } from './running-metric.ts'

/**
 * The samples of a source, each looked at before a model sees it.
 *
 * @throws DataError for NaN, and for samples that lack what a metric needs; the reason of `signal` when that is aborted.
 */
export async function* checkedSamples(
  samples: AsyncIterable<Sample>,
  metrics: readonly AnyMetric[],
  signal?: AbortSignal,
): AsyncIterable<Sample> {
  for await (const sample of samples) {
    signal?.throwIfAborted()
    checkFinite(sample, 'evaluate')
    checkNeeds(metrics, sample)
    yield sample
  }
}

function checkNeeds(metrics: readonly AnyMetric[], sample: Sample): void {
  if (sample.label !== undefined) return
  const needy = metrics.find((metric) => metric.needs.includes('label'))
  if (needy === undefined) return
  throw new DataError({
    stage: 'evaluate',
    subject: `sample ${sample.index}`,
    found: 'no label',
    expected: `a label for metric ${needy.name}`,
    nextStep: 'Give labels with the samples, or leave the metric out',
  })
}

/** The error of an evaluation that nothing came to. */
export function noSamples(): DataError {
  return new DataError({
    stage: 'evaluate',
    subject: 'samples',
    found: 'no samples',
    expected: 'at least one',
    nextStep: 'Check the data source and the selected rows',
  })
}
