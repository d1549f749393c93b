import { addChannelMeans, correctableOutputs, startChannelMeans } from '@quantrx/algorithms'
import type { ChannelMeans } from '@quantrx/algorithms'
import type { Activation, Logits, Sample } from '@quantrx/core'
import type { Arithmetic } from '@quantrx/kernels'
import { modelsRunner, sampleRunner } from '@quantrx/evaluators'
import type { ModelsRun, SampleOutputs } from '@quantrx/evaluators'
import { collect, startCollection } from '@quantrx/observers'
import type { Collection } from '@quantrx/observers'
import { activationRunner, compile } from '@quantrx/runtime'
import { readModel } from '@quantrx/tflite'
import { runOptions } from '../shared/run-options.ts'
import type { RunChoices } from '../shared/run-options.ts'
import { observerNamed } from '../shared/strategies.ts'

/** Observes the activations of a float model; every worker has a part of the samples and collects what it has seen. */
export interface CalibrationJob {
  readonly kind: 'calibration'
  readonly model: Uint8Array
  /** Name of an observer, as on the command line. */
  readonly observer: string
  readonly run?: RunChoices
}

/** Runs a model, and the float model it is compared with. */
export interface EvaluationJob {
  readonly kind: 'evaluation'
  readonly model: Uint8Array
  readonly reference?: Uint8Array
  readonly arithmetic: Arithmetic
  readonly run?: RunChoices
}

/** Runs a float model and models that stem from it. */
export interface JointEvaluationJob {
  readonly kind: 'joint-evaluation'
  readonly models: readonly Uint8Array[]
  readonly reference: Uint8Array
  readonly arithmetic: Arithmetic
  readonly run?: RunChoices
}

/** What a worker does with samples; plain data, so that it can be sent. */
export type SampleJob = CalibrationJob | EvaluationJob | JointEvaluationJob

/** What a calibration has seen so far. */
export interface Calibrating {
  readonly collection: Collection
  /** What bias correction wants to know. */
  readonly means: ChannelMeans
}

/** What a job gives for each sample, and once at its end. */
export interface JobResults {
  readonly calibration: { readonly sample: undefined; readonly end: Calibrating }
  readonly evaluation: { readonly sample: SampleOutputs; readonly end: undefined }
  readonly 'joint-evaluation': { readonly sample: Omit<ModelsRun, 'sample'>; readonly end: undefined }
}

/** A job that has begun. */
export interface RunningJob<Kind extends keyof JobResults = keyof JobResults> {
  /** Works on one sample; throws what the stages throw. */
  take(sample: Sample): JobResults[Kind]['sample']
  end(): JobResults[Kind]['end']
}

/** Compiles what a job needs. */
export function startJob(job: SampleJob): Promise<RunningJob> {
  if (job.kind === 'calibration') return startCalibration(job)
  return job.kind === 'evaluation' ? startEvaluation(job) : startJointEvaluation(job)
}

async function startCalibration({
  model,
  observer,
  run: choices = {},
}: CalibrationJob): Promise<RunningJob<'calibration'>> {
  const observers = { calibration: observerNamed(observer) }
  const [collection, means] = [startCollection(), startChannelMeans()]
  const float = readModel(model)
  const tensors = correctableOutputs(float)
  const run = activationRunner(await compile(float, await runOptions(choices)))
  const take = (activation: Activation): void => {
    collect(observers, collection, activation)
    addChannelMeans(means, activation, tensors)
  }
  return { take: (sample) => run(sample, take) as undefined, end: () => ({ collection, means }) }
}

async function startEvaluation(job: EvaluationJob): Promise<RunningJob<'evaluation'>> {
  const { model, reference, arithmetic } = job
  const models = { model: readModel(model), arithmetic, ...(await runOptions(job.run ?? {})) }
  const run = await sampleRunner(
    reference === undefined ? models : { ...models, reference: readModel(reference) },
  )
  return { take: (sample) => copyOf(run(sample)), end: () => undefined }
}

async function startJointEvaluation(job: JointEvaluationJob): Promise<RunningJob<'joint-evaluation'>> {
  const options = { arithmetic: job.arithmetic, ...(await runOptions(job.run ?? {})) }
  const run = await modelsRunner(
    readModel(job.reference),
    job.models.map((each) => readModel(each)),
    options,
  )
  const take = (sample: Sample): Omit<ModelsRun, 'sample'> => {
    const { reference, outputs } = run(sample)
    return { reference: copyOf(reference), outputs: outputs.map(copyOf) }
  }
  return { take, end: () => undefined }
}

/** A message takes the whole buffer of an array along: of a view on a program's memory, that is all of it. */
function copyOf({ output, reference, logits }: SampleOutputs): SampleOutputs {
  const copies = (outputs: readonly Float32Array[]): readonly Float32Array[] =>
    outputs.map((values) => values.slice())
  const own = { output: copies(output), ...(logits && { logits: copyOfLogits(logits) }) }
  return reference === undefined ? own : { ...own, reference: copies(reference) }
}

function copyOfLogits({ values, reference, ...others }: Logits): Logits {
  const copied = { ...others, values: values.slice() }
  return reference === undefined ? copied : { ...copied, reference: reference.slice() }
}
