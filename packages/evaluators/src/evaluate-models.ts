import type { Logits, Opener, Sample } from '@quantrx/core'
import { shapedFor, waitsForSample } from '@quantrx/runtime'
import type { RunOptions } from '@quantrx/runtime'
import type { Model } from '@quantrx/tflite'
import type { ModelEvaluation } from './evaluate-model.ts'
import { evaluationPass } from './evaluation-pass.ts'
import type { Results } from './report.ts'
import { sampleRunner } from './run-sample.ts'
import type { SampleOutputs } from './run-sample.ts'
import { evaluationOf, finishMetrics, isAbsolute, judge, startMetric } from './running-metric.ts'
import type { AnyMetric } from './running-metric.ts'

/** What came out of several models for one sample; the arrays may be used again for the next sample. */
export interface ModelsRun {
  readonly sample: Sample
  /** Of the float model. */
  readonly reference: SampleOutputs
  /** One for each model, in their order. */
  readonly outputs: readonly SampleOutputs[]
}

/** What `evaluateModels` runs, and how. */
export interface ModelsEvaluationPlan<Metrics extends readonly AnyMetric[]> {
  /** Models of one float model, which take the same inputs as that: real numbers. */
  readonly models: readonly Model[]
  /** The float model to compare with. */
  readonly reference: Model
  readonly open: Opener
  readonly metrics: Metrics
  /** How all of them are run. */
  readonly options?: RunOptions
  readonly signal?: AbortSignal
  readonly onSample?: (done: number) => void
  /** Runs the samples elsewhere, such as in workers, in their order; in this thread when left out. */
  readonly runSamples?: (samples: AsyncIterable<Sample>) => AsyncIterable<ModelsRun>
}

/**
 * Evaluates several models beside the float model they stem from, in one pass over the samples: each sample is read once and goes
 * through the float model once. The results are those of `evaluateModel` for each. Memory grows with the models, not with the
 * number of samples.
 *
 * @throws as `evaluateModel` does.
 *
 * @example
 * const [int8, dynamic] = await evaluateModels({ models, reference, open: arrowFile('test.arrow'), metrics: [agreement()] })
 */
export async function evaluateModels<const Metrics extends readonly AnyMetric[]>(
  plan: ModelsEvaluationPlan<Metrics>,
): Promise<readonly ModelEvaluation<Results<Metrics>>[]> {
  const { models, open, metrics, signal, onSample, runSamples = inThisThread(plan) } = plan
  const float = metrics.filter(isAbsolute).map(startMetric)
  const own = models.map(() => metrics.map(startMetric))
  const pass = { open, metrics, signal, onSample, runSamples }
  const samples = await evaluationPass(pass, ({ sample, reference, outputs }) => {
    judge(float, evaluationOf({ sample, output: reference.output }), sample)
    outputs.forEach((run, at) => judge(own[at]!, evaluationOf({ sample, ...beside(run, reference) }), sample))
  })
  const floatMetrics = finishMetrics(float) as Partial<Results<Metrics>>
  return own.map((each) => ({ samples, metrics: finishMetrics(each) as Results<Metrics>, floatMetrics }))
}

/**
 * Compiles a float model and models that stem from it for samples that are run one by one: the function under
 * {@link evaluateModels}, for workers.
 *
 * @returns a function that runs one sample, into arrays that it uses again, and throws a StageError naming the sample that
 * cannot be run.
 */
export async function modelsRunner(reference: Model, models: readonly Model[], options: RunOptions = {}) {
  const float = await sampleRunner({ model: reference, ...options })
  const runs: (typeof float)[] = []
  for (const model of models) runs.push(await sampleRunner({ model, ...options }))
  return (sample: Sample): Omit<ModelsRun, 'sample'> => ({
    reference: float(sample),
    outputs: runs.map((run) => run(sample)),
  })
}

function inThisThread({ models, reference, options = {} }: ModelsEvaluationPlan<readonly AnyMetric[]>) {
  return async function* (samples: AsyncIterable<Sample>): AsyncIterable<ModelsRun> {
    let run = waitsForSample(reference, options) ? undefined : await modelsRunner(reference, models, options)
    for await (const sample of samples) {
      run ??= await modelsRunner(reference, models, shapedFor(reference, options, sample))
      yield { sample, ...run(sample) }
    }
  }
}

function beside({ output, logits }: SampleOutputs, reference: SampleOutputs): SampleOutputs {
  if (logits === undefined || reference.logits === undefined) return { output, reference: reference.output }
  const both: Logits = { ...logits, reference: reference.logits.values }
  return { output, reference: reference.output, logits: both }
}
