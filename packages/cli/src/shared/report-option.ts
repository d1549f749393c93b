import type { BestChoice } from '@quantrx/algorithms'
import { UsageError } from '@quantrx/core'
import { readClassNames } from '@quantrx/data/node'
import type { ReportDocument } from '@quantrx/report'
import type { Candidate } from '@quantrx/schemes'
import type { Command } from 'commander'
import { optionGroup } from '../command-line/option-group.ts'
import type { Environment } from '../environment.ts'
import { collectReport } from '../report/collect-report.ts'
import { openSamples } from './data-options.ts'
import type { DataOptions, RowRange } from './data-options.ts'
import { inputPreparation } from './input-preparation.ts'
import type { ModelFile } from './model-file.ts'
import { asMainGraph, runOptions } from './run-options.ts'
import type { RunChoices } from './run-options.ts'
import { progress } from './progress.ts'
import { sampleCount } from './sample-count.ts'
import { writeAtomically } from './write-atomically.ts'

/** What a report shows besides the quantization itself. */
export interface ReportOption {
  readonly report?: string
  /** Samples to measure on; those of the calibration otherwise. */
  readonly test?: string
  readonly testLabels?: string
}

/** What is said of the samples to measure on. */
export interface TestOptions extends Pick<ReportOption, 'test' | 'testLabels'> {
  readonly testRows?: RowRange
}

/** Adds the options of {@link ReportOption} to a command. */
export function addReportOptions(command: Command): Command {
  return optionGroup(command, 'Report', (group) =>
    group
      .option('--report <file.html>', 'write a page with plots of what it cost, as HTML')
      .option('--test <source>', 'samples to measure on for the report (default: those of --data)')
      .option('--test-labels <file>', 'class indices of the samples of --test'),
  )
}

/** A quantization that is to be reported. */
export interface ReportedQuantization {
  readonly path: string
  readonly file: ModelFile
  readonly out: string
  /** The bytes of the result, part by part. */
  readonly content: readonly Uint8Array[]
  readonly candidate: Candidate
  readonly algorithms: readonly string[]
  /** What the algorithm `best` has chosen. */
  readonly best?: BestChoice
  readonly run: RunChoices
  /** The candidates it was chosen among. */
  readonly sweep?: ReportDocument['sweep']
}

/**
 * Measures what a report shows and writes it as one HTML page, where one is asked for.
 *
 * @throws what the stages throw, and QuantrxError naming the path when it cannot be written.
 */
export async function writeReport(
  environment: Environment,
  options: ReportOption & DataOptions,
  { path, file, out, content, candidate, algorithms, best, run, sweep }: ReportedQuantization,
): Promise<void> {
  if (options.report === undefined) return
  const { data = 'random samples', test = data } = options
  const { scheme, observer, floatOperators, samples } = candidate
  const { rows, randomSamples } = testOptions(options)
  const line = progress(
    environment,
    'measuring for the report',
    'samples',
    sampleCount({ rows, randomSamples }),
  )
  const config = environment.config?.()
  const graph = asMainGraph(file.model, run)
  const preparation = inputPreparation(options, graph)
  try {
    const document = await collectReport({
      source: { path, model: file.model, content: file.content ?? tooLarge(path) },
      result: { path: out, model: candidate.model, content: Buffer.concat(content) },
      test: {
        name: test,
        open: await openSamples(testOptions(options), graph, environment),
      },
      calibration: { name: data, samples },
      ...{
        scheme,
        observer,
        floatOperators,
        arithmetic: 'tflite',
        run: await runOptions(run),
        signal: environment.signal,
      },
      recipe: {
        ...{ scheme, observer, algorithms, ...(best && { best: best.algorithms }) },
        ...{ samples, preparation },
      },
      ...(config && { config }),
      ...(options.classes !== undefined && { classNames: await readClassNames(options.classes) }),
      ...(best && { decisions: best.decisions.map(({ why }) => why) }),
      onSample: (done) => line.update(done),
    })
    // Loaded only now: drawing needs more code than all the rest.
    const { renderReport } = await import('@quantrx/report')
    const page = renderReport(sweep === undefined ? document : { ...document, sweep })
    await writeAtomically(environment, options.report, new TextEncoder().encode(page))
  } finally {
    line.finish()
  }
}

/** The test samples are prepared as those of the calibration; rows and labels are those of the data they belong to. */
export function testOptions(options: TestOptions & DataOptions): DataOptions {
  const { test, testLabels, testRows, labels: _, rows: __, randomSamples: ___, ...prepared } = options
  if (test === undefined) return options
  return {
    ...{ ...prepared, data: test },
    ...(testLabels === undefined ? {} : { labels: testLabels }),
    ...(testRows === undefined ? {} : { rows: testRows }),
  }
}

function tooLarge(path: string): never {
  throw new UsageError({
    stage: 'command',
    subject: '--report',
    found: `${path}, which is too large to be held in memory`,
    expected: 'a model of less than 2 GB',
    nextStep: 'Leave --report out',
  })
}
