import { DataError } from '@quantrx/core'
import type { Opener, Sample } from '@quantrx/core'
import { shapedFor, waitsForSample } from '@quantrx/runtime'
import { evaluationPass } from './evaluation-pass.ts'
import type { Results } from './report.ts'
import { sampleRunner } from './run-sample.ts'
import type { EvaluatedModels, SampleRun } from './run-sample.ts'
import { evaluationOf, finishMetrics, isAbsolute, judge, startMetric } from './running-metric.ts'
import type { AnyMetric } from './running-metric.ts'

/** What `evaluateModel` runs, and how; without a float model, metrics that need a reference are refused. */
export interface EvaluationPlan<Metrics extends readonly AnyMetric[]> extends EvaluatedModels {
  readonly open: Opener
  readonly metrics: Metrics
  readonly signal?: AbortSignal
  readonly onSample?: (done: number) => void
  /** Runs the samples elsewhere, such as in workers, in their order; in this thread when left out. */
  readonly runSamples?: (samples: AsyncIterable<Sample>) => AsyncIterable<SampleRun>
}

/** Results of a model and, beside them, of the float model it is compared with. */
export interface ModelEvaluation<Values> {
  readonly samples: number
  readonly metrics: Values
  readonly floatMetrics: Partial<Values>
}

/**
 * Runs every sample through a model, and through the float model it stems from, and lets the metrics judge the outputs.
 * Memory does not grow with the number of samples.
 *
 * Samples of a quantized input's own integer type are stored integers to that model; the float model then gets the real
 * numbers they stand for.
 *
 * @throws DataError when there are no samples, or they lack what a metric needs, or hold NaN.
 * @throws StageError naming the sample that could not be evaluated.
 *
 * @example
 * const { metrics } = await evaluateModel({ model, open: arrowFile('test.arrow'), metrics: [top1()] })
 */
export async function evaluateModel<const Metrics extends readonly AnyMetric[]>(
  plan: EvaluationPlan<Metrics>,
): Promise<ModelEvaluation<Results<Metrics>>> {
  const { reference, open, metrics, signal, onSample } = plan
  if (reference === undefined) refuseReferences(metrics)
  const runSamples = plan.runSamples ?? (await inThisThread(plan))
  const own = metrics.map(startMetric)
  const float = reference === undefined ? [] : metrics.filter(isAbsolute).map(startMetric)
  const samples = await evaluationPass({ open, metrics, signal, onSample, runSamples }, (run) => {
    judge(own, evaluationOf(run), run.sample)
    const { reference: output } = run
    if (output !== undefined) judge(float, evaluationOf({ sample: run.sample, output }), run.sample)
  })
  return {
    samples,
    metrics: finishMetrics(own) as Results<Metrics>,
    floatMetrics: finishMetrics(float) as Partial<Results<Metrics>>,
  }
}

async function inThisThread(models: EvaluatedModels) {
  let run = waitsForSample(models.model, models) ? undefined : await sampleRunner(models)
  return async function* (samples: AsyncIterable<Sample>): AsyncIterable<SampleRun> {
    for await (const sample of samples) {
      run ??= await sampleRunner(shapedFor(models.model, models, sample))
      yield { sample, ...run(sample) }
    }
  }
}

function refuseReferences(metrics: readonly AnyMetric[]): void {
  const needy = metrics.find((metric) => metric.needs.includes('reference'))
  if (needy === undefined) return
  throw new DataError({
    stage: 'evaluate',
    subject: `metric ${needy.name}`,
    found: 'no float model',
    expected: 'one to compare with',
    nextStep: 'Give the float model as reference, or leave the metric out',
  })
}
