import { correctBias } from '@quantrx/algorithms'
import { samples } from '@quantrx/data'
import { openDataFile } from '@quantrx/data/node'
import { agreement, evaluate, sqnr, top1 } from '@quantrx/evaluators'
import { minMax, observe, percentile } from '@quantrx/observers'
import { infer } from '@quantrx/runtime'
import { int8, quantize } from '@quantrx/schemes'
import type { Candidate } from '@quantrx/schemes'
import { writeModel } from '@quantrx/tflite'
import { lastValueFrom, tap, toArray } from 'rxjs'
import type { CommandDefinition } from '../command.ts'
import { breathing } from '../shared/breathing.ts'
import { demoFiles } from '../shared/demo-files.ts'
import type { Environment } from '../environment.ts'
import { readModelFile } from '../shared/model-file.ts'
import { decibels, percent, printResult, table } from '../shared/output.ts'
import type { Drawing } from '../shared/output.ts'
import { progress } from '../shared/progress.ts'
import { writeAtomically } from '../shared/write-atomically.ts'

interface DemoOptions {
  readonly out: string
  readonly json?: boolean
}

/** `quantrx demo`: the whole pipeline on the model and samples that ship with the package. */
export const demo: CommandDefinition<DemoOptions> = {
  name: 'demo',
  description: 'quantize, run and evaluate the model that ships with quantrx',
  examples: [
    { does: 'Quantize the model that ships with quantrx', line: 'demo' },
    { does: 'Write the better integer model elsewhere', line: 'demo --out better.tflite' },
  ],
  define(command, environment) {
    command
      .option('--out <file.tflite>', 'where to write the better integer model', 'demo.int8.tflite')
      .action(async ({ out, json }: DemoOptions) => {
        const result = await run(out, environment)
        printResult(environment, json, result, () => draw(result))
      })
  },
}

type DemoResult = Awaited<ReturnType<typeof run>>

async function run(out: string, environment: Environment) {
  const started = performance.now()
  const { model, bytes: before } = await readModelFile(environment, demoFiles.model)
  const candidates: Candidate[] = []
  const calibration = breathing(await openDataFile(demoFiles.calibration))
  let calibrationSamples = 0
  const line = progress(environment, 'demo')
  const reports = await lastValueFrom(
    samples(calibration, { signal: environment.signal }).pipe(
      infer(model),
      observe(
        { minmax: minMax(), p9999: percentile(99.99) },
        { onProgress: (event) => 'done' in event && (calibrationSamples = event.done) },
      ),
      quantize(model, int8()),
      correctBias(calibration),
      tap((candidate) => candidates.push(candidate)),
      evaluate(breathing(await openDataFile(demoFiles.test)), [top1(), agreement(), sqnr()], {
        onProgress: (event) => 'done' in event && line.update(event.done),
      }),
      toArray(),
    ),
  ).finally(line.finish)
  const better = reports.reduce((best, report) => (report.metrics.sqnr > best.metrics.sqnr ? report : best))
  const winner = candidates.find(({ strategy }) => strategy === better.strategy)
  if (winner !== undefined) await writeAtomically(environment, out, writeModel(winner.model))
  return {
    out,
    bytes: { before, after: better.bytes.after },
    scheme: better.scheme,
    observer: better.observer,
    floatOperators: better.floatOperators,
    calibrationSamples,
    samples: better.samples,
    top1: better.metrics.top1,
    floatTop1: better.floatMetrics.top1,
    agreement: better.metrics.agreement,
    outputSqnrDb: better.metrics.sqnr,
    seconds: Math.round(performance.now() - started) / 1000,
    candidates: reports.map(({ strategy, observer, metrics, bytes }) => ({
      strategy,
      observer,
      ...metrics,
      bytes,
    })),
  }
}

function draw({
  out,
  bytes,
  floatTop1,
  samples: count,
  calibrationSamples,
  seconds,
  candidates,
}: DemoResult): Drawing {
  const rows = [
    ['float', '', percent(floatTop1), '', '', bytes.before],
    ...candidates.map((candidate) => [
      candidate.strategy,
      candidate.observer,
      percent(candidate.top1),
      percent(candidate.agreement),
      decibels(candidate.sqnr),
      candidate.bytes.after,
    ]),
  ]
  return [
    `calibrated on ${calibrationSamples} samples in one pass, evaluated on ${count}, ${seconds} s`,
    '',
    table(['strategy', 'observer', 'top-1', 'agreement', 'output SQNR', 'bytes'], rows),
    '',
    `wrote ${out}: ${((bytes.after / bytes.before) * 100).toFixed(1)} % of the float model`,
  ]
}
