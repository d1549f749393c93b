import { addChannelMeans, correctableOutputs, startChannelMeans } from '@quantrx/algorithms'
import type { ChannelMeans } from '@quantrx/algorithms'
import type { Activation, Logits, Sample } from '@quantrx/core'
import type { Arithmetic } from '@quantrx/kernels'
import { sampleRunner } from '@quantrx/evaluators'
import type { SampleOutputs } from '@quantrx/evaluators'
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

/** What a worker does with samples; plain data, so that it can be sent. */
export type SampleJob = CalibrationJob | EvaluationJob

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
}

/** A job that has begun. */
export interface RunningJob<Kind extends keyof JobResults = keyof JobResults> {
  /** Works on one sample; throws what the stages throw. */
  take(sample: Sample): JobResults[Kind]['sample']
  end(): JobResults[Kind]['end']
}

/** Compiles what a job needs. */
export function startJob(job: SampleJob): Promise<RunningJob> {
  return job.kind === 'calibration' ? startCalibration(job) : startEvaluation(job)
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
  // A message takes the whole buffer of an array along: of a view on a program's memory, that is all of it.
  const copies = (outputs: readonly Float32Array[]): readonly Float32Array[] =>
    outputs.map((values) => values.slice())
  const copyOf = ({ values, reference: real, ...others }: Logits): Logits => {
    const copied = { ...others, values: values.slice() }
    return real === undefined ? copied : { ...copied, reference: real.slice() }
  }
  const take = (sample: Sample): SampleOutputs => {
    const { output, reference: real, logits } = run(sample)
    const own = { output: copies(output), ...(logits && { logits: copyOf(logits) }) }
    return real === undefined ? own : { ...own, reference: copies(real) }
  }
  return { take, end: () => undefined }
}
