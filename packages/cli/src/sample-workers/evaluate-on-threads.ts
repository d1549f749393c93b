import type { Opener } from '@quantrx/core'
import { evaluateModel } from '@quantrx/evaluators'
import type { AnyMetric, ModelEvaluation, SampleRun } from '@quantrx/evaluators'
import type { Arithmetic } from '@quantrx/kernels'
import { waitsForSample } from '@quantrx/runtime'
import type { Environment } from '../environment.ts'
import type { ModelFile } from '../shared/model-file.ts'
import { runOptions } from '../shared/run-options.ts'
import type { RunChoices } from '../shared/run-options.ts'
import { distribute } from './distribute.ts'
import type { Distributed } from './distribute.ts'
import type { EvaluationJob } from './jobs.ts'
import { withWorkers } from './start-workers.ts'

/** What is evaluated, and how. */
export interface ThreadedEvaluation {
  readonly threads: number
  readonly model: ModelFile
  /** The float model to compare with. */
  readonly reference: ModelFile | undefined
  readonly arithmetic: Arithmetic
  readonly run: RunChoices
  /** With one thread only. */
  readonly turbo: boolean
  readonly open: Opener
  readonly metrics: readonly AnyMetric[]
  readonly onSample: (done: number) => void
}

/**
 * Evaluates a model with the samples shared by threads. Metrics judge in this one, in the order of the samples, so results do
 * not depend on the number of threads.
 *
 * @throws as `evaluateModel` does.
 */
export async function evaluateOnThreads(
  environment: Environment,
  { threads, model, reference, arithmetic, run, ...rest }: ThreadedEvaluation,
): Promise<ModelEvaluation<Readonly<Record<string, unknown>>>> {
  const models = {
    model: model.model,
    ...(reference === undefined ? {} : { reference: reference.model }),
    arithmetic,
    ...(await runOptions(run)),
  }
  const plan = { ...models, ...rest, signal: environment.signal }
  const [content, referenceContent] = [model.content, reference?.content]
  // What is read in parts is too large to be sent; open sizes are those of the first sample, which one thread sees.
  if (
    waitsForSample(model.model, models) ||
    content === undefined ||
    (reference !== undefined && referenceContent === undefined)
  ) {
    return evaluateModel(plan)
  }
  const job: EvaluationJob = {
    kind: 'evaluation',
    model: content,
    ...(referenceContent === undefined ? {} : { reference: referenceContent }),
    arithmetic,
    run,
  }
  return withWorkers(
    environment,
    { threads, job },
    (workers) => evaluateModel({ ...plan, runSamples: (samples) => runsOf(distribute(workers, samples)) }),
    () => evaluateModel(plan),
  )
}

async function* runsOf(distributed: AsyncIterable<Distributed<'evaluation'>>): AsyncIterable<SampleRun> {
  for await (const { sample, result } of distributed) yield { sample, ...result }
}
