import { byAccuracy, sweepModel } from '@quantrx/algorithms'
import type { SweepProgress, SweptCandidate } from '@quantrx/algorithms'
import type { Opener } from '@quantrx/core'
import { subgraphOf } from '@quantrx/runtime'
import { modelParts } from '@quantrx/tflite'
import type { Environment } from '../environment.ts'
import { openSamples } from '../shared/data-options.ts'
import { readModelFile } from '../shared/model-file.ts'
import type { ModelFile } from '../shared/model-file.ts'
import { progress } from '../shared/progress.ts'
import type { Progress } from '../shared/progress.ts'
import { testOptions, writeReport } from '../shared/report-option.ts'
import { asMainGraph, runChoices, runOptions } from '../shared/run-options.ts'
import { mainGraphOnly } from '../shared/signature-option.ts'
import { stagedFiles, writeError } from '../shared/write-atomically.ts'
import type { StagedFiles } from '../shared/write-atomically.ts'
import { candidateFile } from './candidate-file.ts'
import { runOnThreads } from './run-on-threads.ts'
import { observersNamed, schemesNamed } from './sweep-options.ts'
import type { SweepOptions } from './sweep-options.ts'
import { compared } from './sweep-result.ts'
import type { CandidateFacts, SweepResult } from './sweep-result.ts'

/** Sweeps, and writes what is asked for: no file appears before all are complete. */
export async function runSweep(
  path: string,
  options: SweepOptions,
  environment: Environment,
): Promise<SweepResult> {
  const started = performance.now()
  const files = stagedFiles(environment)
  try {
    const file = await readModelFile(environment, path)
    const { all, best, ...rest } = await sweepFile(path, file, options, environment, files)
    const result: SweepResult = {
      ...compared(all),
      float: {
        ...{ bytes: file.bytes, medianMs: all[0]!.floatMedianMs },
        ...(all[0]!.measures.floatTop1 === undefined ? {} : { top1: all[0]!.measures.floatTop1 }),
      },
      ...{ ...rest, samples: all.at(-1)!.samples, testSamples: all[0]!.testSamples },
      ...(options.outFolder === undefined ? {} : { outFolder: options.outFolder }),
      ...(options.report === undefined ? {} : { report: options.report }),
      seconds: 0,
    }
    await report(path, file, options, environment, best, result)
    await files.finish()
    return { ...result, seconds: Math.round(performance.now() - started) / 1000 }
  } finally {
    await files.discard()
  }
}

async function sweepFile(
  path: string,
  file: ModelFile,
  options: SweepOptions,
  environment: Environment,
  files: StagedFiles,
) {
  const { arithmetic, threads, sampleCounts, biasCorrection = false, outFolder } = options
  const { signal, stderr } = environment
  const observers = observersNamed(options.observers)
  const schemes = await schemesNamed(environment, options.schemes)
  const graph = asMainGraph(file.model, options)
  if (biasCorrection && subgraphOf(file.model, options) !== 0) stderr(mainGraphOnly(['bias-correction']))
  const calibration = countReads(await openSamples(options, graph, environment))
  if (options.test === undefined)
    stderr('quantrx: judging by the samples of calibration; with --test, results hold for others, too\n')
  const test = await openSamples(testOptions(options), graph, environment)
  const runSamples = runOnThreads(environment, { threads, file, arithmetic, run: runChoices(options) })
  const refused: { scheme: string; reason: string }[] = []
  const all: CandidateFacts[] = []
  let best: SweptCandidate | undefined
  const lines = progressLines(environment)
  try {
    for await (const swept of sweepModel(file.model, {
      ...{ open: calibration.open, test, observers, schemes, arithmetic, biasCorrection, signal },
      ...(await runOptions(options)),
      ...(sampleCounts && { sampleCounts }),
      ...(runSamples && { runSamples }),
      onProgress: lines.update,
      onRefusal: (scheme, { found, message: reason }) => {
        refused.push({ scheme, reason })
        stderr(`quantrx: ${scheme} is left out: ${found}\n`)
      },
    })) {
      const { candidate, kind: _, ...known } = swept
      const out = outFolder === undefined ? undefined : candidateFile(outFolder, path, swept)
      if (out !== undefined) {
        if (all.length === 0) await makeFolder(environment, outFolder!)
        await files.write(out, modelParts(candidate.model).parts)
      }
      all.push(out === undefined ? known : { ...known, out })
      if (best === undefined || byAccuracy(swept, best) < 0) best = swept
    }
  } finally {
    lines.finish()
  }
  return { all, best: best!, refused, calibrationReads: calibration.reads() }
}

async function makeFolder({ files }: Environment, path: string): Promise<void> {
  try {
    await files.makeFolder(path)
  } catch (cause) {
    throw writeError(path, cause, 'a folder to write to')
  }
}

/** An opener that knows how often it was opened. */
function countReads(open: Opener) {
  let reads = 0
  const counting: Opener = (signal) => {
    reads++
    return open(signal)
  }
  return { open: counting, reads: () => reads }
}

const doing: Readonly<Record<SweepProgress['kind'], readonly [what: string, unit: string]>> = {
  calibrating: ['calibrating', 'samples'],
  quantizing: ['quantizing', 'candidates'],
  evaluating: ['evaluating all candidates', 'samples'],
}

/** One progress line at a time, for what is being done. */
function progressLines(environment: Environment) {
  let current: { readonly kind: SweepProgress['kind']; readonly line: Progress } | undefined
  return {
    update({ kind, done, total }: SweepProgress): void {
      if (current?.kind !== kind) {
        current?.line.finish()
        current = { kind, line: progress(environment, ...doing[kind]) }
      }
      current.line.update(done, total)
    },
    finish: () => current?.line.finish(),
  }
}

async function report(
  path: string,
  file: ModelFile,
  options: SweepOptions,
  environment: Environment,
  { candidate, algorithms, ...swept }: SweptCandidate,
  { candidates, best: chosen, float }: SweepResult,
): Promise<void> {
  if (options.report === undefined) return
  await writeReport(environment, options, {
    ...{ path, file, candidate, algorithms, run: runChoices(options) },
    out: candidateFile(options.outFolder ?? '', path, swept),
    content: [...modelParts(candidate.model).parts],
    sweep: {
      ...{ chosen, float },
      candidates: candidates.map((each) => ({ ...each, algorithms })),
    },
  })
}
