import type { Evaluation, Metric, Sample } from '@quantrx/core'
import type { SampleRun } from './run-sample.ts'
import { sampleError } from './sample-error.ts'

/** Any metric, whatever its state. */
export type AnyMetric = Metric<unknown, unknown>

/** What metrics see of a run. */
export function evaluationOf({
  sample: { inputs, label },
  output,
  reference,
  logits,
}: SampleRun): Evaluation {
  return {
    ...{ input: inputs, output },
    ...(label === undefined ? {} : { label }),
    ...(reference === undefined ? {} : { reference }),
    ...(logits === undefined ? {} : { logits }),
  }
}

/** A metric with the state it has come to. */
export interface RunningMetric {
  readonly name: string
  update(evaluation: Evaluation): void
  finish(): unknown
}

/** A metric that has seen nothing. */
export function startMetric<State>(metric: Metric<State, unknown>): RunningMetric {
  const state = metric.init()
  return {
    name: metric.name,
    update: (evaluation) => metric.update(state, evaluation),
    finish: () => metric.finish(state),
  }
}

/** True for metrics that compare with nothing, and so can judge the float model itself. */
export const isAbsolute = (metric: AnyMetric): boolean => !metric.needs.includes('reference')

/** The results by the metrics' names. */
export const finishMetrics = (metrics: readonly RunningMetric[]): Record<string, unknown> =>
  Object.fromEntries(metrics.map((metric) => [metric.name, metric.finish()]))

/**
 * Shows an evaluated sample to metrics.
 *
 * @throws StageError naming the sample and the metric that fails.
 */
export function judge(metrics: readonly RunningMetric[], evaluation: Evaluation, sample: Sample): void {
  for (const metric of metrics) {
    try {
      metric.update(evaluation)
    } catch (cause) {
      throw sampleError(sample, `metric ${metric.name}`, cause)
    }
  }
}
