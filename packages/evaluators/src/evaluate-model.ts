import { DataError, StageError, checkFinite, isQuantrxError } from '@quantrx/core'
import type { Evaluation, Metric, Opener, Sample, Tensor } from '@quantrx/core'
import { compile, realValues, takesStoredIntegers } from '@quantrx/runtime'
import type { CompileOptions, Program } from '@quantrx/runtime'
import type { Model } from '@quantrx/tflite'
import type { Results } from './report.ts'

/** Any metric, whatever its state. */
export type AnyMetric = Metric<unknown, unknown>

/** What `evaluateModel` runs, and how. */
export interface EvaluationPlan<Metrics extends readonly AnyMetric[]> {
  readonly model: Model
  /** The float model to compare with; without it metrics that need a reference are refused. */
  readonly reference?: Model
  readonly open: Opener
  readonly metrics: Metrics
  readonly arithmetic?: CompileOptions['arithmetic']
  readonly signal?: AbortSignal
  readonly onSample?: (done: number) => void
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
  const { model, reference, open, metrics, arithmetic = 'tflite', signal, onSample } = plan
  if (reference === undefined) refuseReferences(metrics)
  const program = await compile(model, { arithmetic })
  const floatProgram = reference === undefined ? undefined : await compile(reference, { arithmetic })
  const own = metrics.map(startMetric)
  const float = floatProgram === undefined ? [] : metrics.filter(isAbsolute).map(startMetric)
  const evaluateSample = sampleEvaluator(program, floatProgram)
  const abort = new AbortController()
  const signals = signal === undefined ? abort.signal : AbortSignal.any([signal, abort.signal])
  let samples = 0
  try {
    for await (const sample of open(signals)) {
      signal?.throwIfAborted()
      checkFinite(sample, 'evaluate')
      checkNeeds(metrics, sample)
      const { evaluation, floatEvaluation } = evaluateSample(sample)
      judge(own, evaluation, sample)
      if (floatEvaluation !== undefined) judge(float, floatEvaluation, sample)
      samples++
      onSample?.(samples)
    }
  } finally {
    abort.abort()
  }
  signal?.throwIfAborted()
  if (samples === 0) throw noSamples()
  return {
    samples,
    metrics: finish(own) as Results<Metrics>,
    floatMetrics: finish(float) as Partial<Results<Metrics>>,
  }
}

interface RunningMetric {
  readonly name: string
  update(evaluation: Evaluation): void
  finish(): unknown
}

function startMetric<State>(metric: Metric<State, unknown>): RunningMetric {
  const state = metric.init()
  return {
    name: metric.name,
    update: (evaluation) => metric.update(state, evaluation),
    finish: () => metric.finish(state),
  }
}

const isAbsolute = (metric: AnyMetric): boolean => !metric.needs.includes('reference')

const finish = (metrics: readonly RunningMetric[]): Record<string, unknown> =>
  Object.fromEntries(metrics.map((metric) => [metric.name, metric.finish()]))

function judge(metrics: readonly RunningMetric[], evaluation: Evaluation, sample: Sample): void {
  for (const metric of metrics) {
    try {
      metric.update(evaluation)
    } catch (cause) {
      throw sampleError(sample, `metric ${metric.name}`, cause)
    }
  }
}

/** Runs one sample through both programs, into output arrays that are reused. */
function sampleEvaluator(program: Program, floatProgram: Program | undefined) {
  const outputs = program.outputs.map(({ data }) => new Float32Array(data.length))
  return (sample: Sample): { evaluation: Evaluation; floatEvaluation: Evaluation | undefined } => {
    const { inputs: input, label } = sample
    const known = label === undefined ? { input } : { input, label }
    try {
      program.run(input)
      const output = program.outputs.map((tensor, at) => realValues(tensor, outputs[at]))
      if (floatProgram === undefined) return { evaluation: { ...known, output }, floatEvaluation: undefined }
      const reference = floatProgram.run(realInputs(program, input)).map((tensor) => realValues(tensor))
      return { evaluation: { ...known, output, reference }, floatEvaluation: { ...known, output: reference } }
    } catch (cause) {
      throw sampleError(sample, 'the model', cause)
    }
  }
}

/** The same sample as real numbers, where the quantized program takes it as stored integers. */
export function realInputs(program: Program, inputs: readonly Tensor[]): readonly Tensor[] {
  return inputs.map((tensor, at) => {
    const input = program.inputs[at]
    if (input === undefined || !takesStoredIntegers(input, tensor)) return tensor
    return { type: 'float32', shape: tensor.shape, data: realValues({ ...input, data: tensor.data }) }
  })
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

function noSamples(): DataError {
  return new DataError({
    stage: 'evaluate',
    subject: 'samples',
    found: 'no samples',
    expected: 'at least one',
    nextStep: 'Check the data source and the selected rows',
  })
}

function sampleError(sample: Sample, who: string, cause: unknown): StageError {
  return new StageError({
    stage: 'evaluate',
    subject: `sample ${sample.index}`,
    found: `a failure of ${who}: ${isQuantrxError(cause) ? cause.message : String(cause)}`,
    expected: 'a sample that can be evaluated',
    cause,
  })
}
