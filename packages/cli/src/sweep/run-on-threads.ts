import type { SweepPlan } from '@quantrx/algorithms'
import type { Sample } from '@quantrx/core'
import { modelsRunner } from '@quantrx/evaluators'
import type { ModelsRun } from '@quantrx/evaluators'
import type { Arithmetic } from '@quantrx/kernels'
import { waitsForSample } from '@quantrx/runtime'
import type { RunOptions } from '@quantrx/runtime'
import { writeModel } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import type { Environment } from '../environment.ts'
import { distribute } from '../sample-workers/distribute.ts'
import type { Distributed } from '../sample-workers/distribute.ts'
import { startWorkers } from '../sample-workers/start-workers.ts'
import type { ModelFile } from '../shared/model-file.ts'
import { runOptions } from '../shared/run-options.ts'
import type { RunChoices } from '../shared/run-options.ts'
import { signatureOf } from '../shared/signature-option.ts'

/** What threads run. */
export interface ThreadedRun {
  readonly threads: number
  /** The float model. */
  readonly file: ModelFile
  readonly arithmetic: Arithmetic
  readonly run: RunChoices
}

/** Threads that share the test samples of a sweep; undefined where this one does it all. Results do not depend on it. */
export function runOnThreads(
  environment: Environment,
  { threads, file, arithmetic, run }: ThreadedRun,
): SweepPlan['runSamples'] {
  const { model, content: reference } = file
  // What is read in parts is too large to be sent; open sizes are those of the first sample, which one thread sees.
  if (threads === 1 || reference === undefined || waitsForSample(model, signatureOf(run))) return undefined
  return async function* (models, samples): AsyncGenerator<ModelsRun> {
    const contents = models.map((each) => writeModel(each))
    const job = { kind: 'joint-evaluation', models: contents, reference, arithmetic, run } as const
    const workers = startWorkers(environment, { threads, job })
    if (workers === undefined) {
      yield* runHere(model, models, { arithmetic, ...(await runOptions(run)) }, samples)
      return
    }
    try {
      yield* runsOf(distribute(workers, samples))
    } finally {
      await Promise.all(workers.map((worker) => worker.stop()))
    }
  }
}

async function* runsOf(
  distributed: AsyncIterable<Distributed<'joint-evaluation'>>,
): AsyncGenerator<ModelsRun> {
  for await (const { sample, result } of distributed) yield { sample, ...result }
}

async function* runHere(
  reference: Model,
  models: readonly Model[],
  options: RunOptions,
  samples: AsyncIterable<Sample>,
): AsyncGenerator<ModelsRun> {
  const run = await modelsRunner(reference, models, options)
  for await (const sample of samples) yield { sample, ...run(sample) }
}
