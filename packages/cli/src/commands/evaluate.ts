import {
  agreement,
  clippedSqnr,
  hasLabels,
  logitsSqnr,
  medianSqnr,
  rocAuc,
  sqnr,
  top1,
  top1Drop,
} from '@quantrx/evaluators'
import type { AnomalyScore, AnyMetric, Top1Drop } from '@quantrx/evaluators'
import { UsageError } from '@quantrx/core'
import { compile } from '@quantrx/runtime'
import { Option } from 'commander'
import type { CommandDefinition } from '../command.ts'
import type { Environment } from '../environment.ts'
import { evaluateOnThreads } from '../sample-workers/evaluate-on-threads.ts'
import { arithmeticOption } from '../shared/arithmetic-option.ts'
import type { ArithmeticOption } from '../shared/arithmetic-option.ts'
import { addDataOptions, openSamples } from '../shared/data-options.ts'
import type { DataOptions } from '../shared/data-options.ts'
import { readModelFile } from '../shared/model-file.ts'
import { decibels, percent, printResult, table } from '../shared/output.ts'
import type { Drawing } from '../shared/output.ts'
import { progress } from '../shared/progress.ts'
import { addRunOptions, asMainGraph, runChoices, runOptions } from '../shared/run-options.ts'
import type { RunChoices } from '../shared/run-options.ts'
import { sampleCount } from '../shared/sample-count.ts'
import { threadsOption } from '../shared/threads-option.ts'
import type { ThreadsOption } from '../shared/threads-option.ts'
import { tellTurbo, turboOption } from '../shared/turbo-option.ts'
import type { TurboOption } from '../shared/turbo-option.ts'

interface EvaluateOptions extends DataOptions, ArithmeticOption, ThreadsOption, TurboOption, RunChoices {
  readonly against?: string
  readonly anomalyScore?: AnomalyScore
  readonly json?: boolean
}

/** What `evaluate` tells, as JSON; accuracies are shares from 0 to 1. */
interface EvaluateResult {
  readonly samples: number
  readonly top1?: number
  readonly floatTop1?: number
  readonly agreement?: number
  readonly outputSqnrDb?: number
  /** Before the final softmax, against all of the float model's values. */
  readonly logitsSqnrDb?: number
  /** Likewise, against those values clamped to what the integer tensor can represent. */
  readonly clippedSqnrDb?: number
  /** Before the final softmax, of the sample in the middle. */
  readonly medianSqnrDb?: number
  readonly top1Drop?: Top1Drop
  /** For anomaly detectors, instead of the accuracy. */
  readonly rocAuc?: number
  readonly floatRocAuc?: number
}

/** `quantrx evaluate MODEL --data D`: accuracy, and with `--against` what quantization cost. */
export const evaluate: CommandDefinition<EvaluateOptions> = {
  name: 'evaluate',
  description: 'measure the accuracy of a model',
  examples: [
    { does: 'Measure the accuracy on labelled samples', line: 'evaluate model.tflite --data test.arrow' },
    {
      does: 'Measure what quantization cost',
      line: 'evaluate model.int8.tflite --data test.arrow --against model.tflite',
    },
    {
      does: 'The same as JSON, on the first 100 samples',
      line: 'evaluate model.int8.tflite --data test.arrow --against model.tflite --rows :20 --json',
    },
  ],
  define(command, environment) {
    addRunOptions(addDataOptions(command.argument('<model>', '.tflite file')))
      .option('--against <file.tflite>', 'float model to compare with')
      .addOption(
        new Option(
          '--anomaly-score <score>',
          'measure an anomaly detector, whose samples have label 0 where they are usual: by its output, or by how badly it reconstructs its input',
        ).choices(['output', 'reconstruction'] satisfies AnomalyScore[]),
      )
      .addOption(arithmeticOption())
      .addOption(threadsOption('number of threads that share the samples'))
      .addOption(turboOption())
      .action(async (path: string, options: EvaluateOptions) => {
        const result = await run(path, options, environment)
        printResult(environment, options.json, result, () => draw(result))
      })
  },
}

async function run(
  path: string,
  options: EvaluateOptions,
  environment: Environment,
): Promise<EvaluateResult> {
  const { arithmetic, threads, turbo = false } = options
  if (turbo && threads > 1) throw turboOnThreads(threads)
  const model = await readModelFile(environment, path)
  const reference =
    options.against === undefined ? undefined : await readModelFile(environment, options.against)
  const open = await openSamples(options, asMainGraph(model.model, options), environment)
  const labelled = await hasLabels(open, environment.signal)
  if (!labelled && reference === undefined) throw nothingToMeasure()
  const metrics = metricsFor(options, labelled, reference !== undefined)
  // What follows compiles the models again, and cannot say what has become of it.
  if (turbo)
    tellTurbo(
      environment,
      (await compile(model.model, { arithmetic, turbo, ...(await runOptions(options)) })).turbo,
    )
  const line = progress(environment, 'evaluating', 'samples', sampleCount(options))
  try {
    const {
      samples,
      metrics: own,
      floatMetrics,
    } = await evaluateOnThreads(environment, {
      ...{ threads, model, reference, arithmetic, turbo, open, metrics, run: runChoices(options) },
      onSample: (done) => line.update(done),
    })
    return {
      samples,
      ...given('top1', own['top1']),
      ...given('floatTop1', floatMetrics['top1']),
      ...given('agreement', own['agreement']),
      ...given('outputSqnrDb', own['sqnr']),
      ...given('logitsSqnrDb', own['logitsSqnr']),
      ...given('clippedSqnrDb', own['clippedSqnr']),
      ...given('medianSqnrDb', own['medianSqnr']),
      ...given('top1Drop', own['top1Drop']),
      ...given('rocAuc', own['rocAuc']),
      ...given('floatRocAuc', floatMetrics['rocAuc']),
    }
  } finally {
    line.finish()
  }
}

function metricsFor(
  { anomalyScore }: EvaluateOptions,
  labelled: boolean,
  compares: boolean,
): readonly AnyMetric[] {
  const noise = compares ? [sqnr(), logitsSqnr(), clippedSqnr(), medianSqnr()] : []
  if (anomalyScore !== undefined) return labelled ? [rocAuc({ score: anomalyScore }), ...noise] : noise
  const accuracy = labelled ? [top1(), ...(compares ? [top1Drop()] : [])] : []
  return [...accuracy, ...(compares ? [agreement()] : []), ...noise]
}

/** A property where there is a value, nothing where there is none: JSON then shows only what was measured. */
const given = (name: keyof EvaluateResult, value: unknown): Partial<EvaluateResult> =>
  value === undefined ? {} : { [name]: value }

function turboOnThreads(threads: number): UsageError {
  return new UsageError({
    stage: 'command',
    subject: '--turbo',
    found: `--threads ${threads}`,
    expected: 'one thread: flags of V8 hold for all of them',
    nextStep: 'Give one of the two',
  })
}

function nothingToMeasure(): UsageError {
  return new UsageError({
    stage: 'command',
    subject: '--labels',
    found: 'samples without labels and no model to compare with',
    expected: 'labels for the accuracy, or a float model for the agreement',
    nextStep: 'Give --labels FILE or --against FLOAT',
  })
}

function draw(result: EvaluateResult): Drawing {
  const { top1Drop: drop } = result
  const rows: [string, string][] = [
    ['samples', String(result.samples)],
    ['top-1', percent(result.top1)],
    ['top-1 of the float model', percent(result.floatTop1)],
    [
      'significance of the difference (McNemar)',
      drop === undefined ? '' : `p = ${drop.pValue.toPrecision(2)}`,
    ],
    ['ROC AUC', percent(result.rocAuc)],
    ['ROC AUC of the float model', percent(result.floatRocAuc)],
    ['agreement with the float model', percent(result.agreement)],
    ['output SQNR', decibels(result.outputSqnrDb)],
    ['SQNR before the softmax', decibels(result.logitsSqnrDb)],
    ['the same, within range', decibels(result.clippedSqnrDb)],
    ['the same, of the median sample', decibels(result.medianSqnrDb)],
  ]
  return table(
    ['measure', 'value'],
    rows.filter(([, value]) => value !== ''),
  )
}
