import type { Opener, ProgressListener } from '@quantrx/core'
import type { RunOptions } from '@quantrx/runtime'
import type { Candidate } from '@quantrx/schemes'
import { writeModel } from '@quantrx/tflite'
import { Observable, concatMap } from 'rxjs'
import { evaluateModel } from './evaluate-model.ts'
import type { AnyMetric } from './running-metric.ts'
import type { Report, Results } from './report.ts'

/** Choices of `evaluate`. */
export interface EvaluateOptions extends RunOptions {
  readonly onProgress?: ProgressListener
}

/**
 * Evaluates every candidate on the samples that `open` gives, one candidate after the other, and emits a report each.
 * The data is opened anew for each candidate; unsubscribing aborts it.
 *
 * Errors: what {@link evaluateModel} throws.
 *
 * @example
 * candidates.pipe(evaluate(arrowFile('test.arrow'), [top1(), agreement(), sqnr()]))
 */
export function evaluate<const Metrics extends readonly AnyMetric[]>(
  open: Opener,
  metrics: Metrics,
  options: EvaluateOptions = {},
) {
  return <Strategy extends string>(
    source: Observable<Candidate<Strategy>>,
  ): Observable<Report<Strategy, Results<Metrics>>> =>
    source.pipe(concatMap((candidate) => reportOn(candidate, open, metrics, options)))
}

function reportOn<Strategy extends string, Metrics extends readonly AnyMetric[]>(
  candidate: Candidate<Strategy>,
  open: Opener,
  metrics: Metrics,
  { onProgress, ...options }: EvaluateOptions,
): Observable<Report<Strategy, Results<Metrics>>> {
  return new Observable((subscriber) => {
    const abort = new AbortController()
    const { strategy, scheme, observer, floatOperators, source, model } = candidate
    evaluateModel({
      model,
      reference: source,
      open,
      metrics,
      ...options,
      signal: abort.signal,
      onSample: (done) => onProgress?.({ stage: 'evaluate', kind: 'sample', strategy, done }),
    }).then(
      (evaluation) => {
        const bytes = { before: writeModel(source).byteLength, after: writeModel(model).byteLength }
        subscriber.next({ kind: 'report', strategy, scheme, observer, bytes, floatOperators, ...evaluation })
        subscriber.complete()
      },
      (error: unknown) => {
        if (!subscriber.closed) subscriber.error(error)
      },
    )
    return () => abort.abort(new Error('evaluation was unsubscribed'))
  })
}
