import { setImmediate } from 'node:timers/promises'
import type { Tensor } from '@quantrx/core'
import { randomSamples } from '@quantrx/data'
import { compile } from '@quantrx/runtime/run'
import type { Program } from '@quantrx/runtime/run'
import type { CommandDefinition } from '../command.ts'
import type { Environment } from '../environment.ts'
import { arithmeticOption } from '../shared/arithmetic-option.ts'
import type { ArithmeticOption } from '../shared/arithmetic-option.ts'
import { parseCount } from '../shared/data-options.ts'
import { describeModel } from '../shared/describe-model.ts'
import { readModelFile } from '../shared/model-file.ts'
import { printResult, table } from '../shared/output.ts'
import { quantile } from '../shared/quantile.ts'
import { threadsOption } from '../shared/threads-option.ts'
import type { ThreadsOption } from '../shared/threads-option.ts'
import { addRunOptions, runOptions } from '../shared/run-options.ts'
import type { RunChoices } from '../shared/run-options.ts'
import { settledShapes } from '../shared/settled-shapes.ts'
import { tellTurbo, turboOption } from '../shared/turbo-option.ts'
import type { TurboOption } from '../shared/turbo-option.ts'

interface BenchOptions extends ArithmeticOption, ThreadsOption, TurboOption, RunChoices {
  readonly runs: number
  readonly json?: boolean
}

/** What `bench` tells, as JSON. Times are of one inference, in milliseconds. */
interface BenchResult {
  readonly medianMs: number
  /** A tenth of the runs took at most this long: how fast it is when nothing else disturbs. */
  readonly p10Ms: number
  readonly runs: number
  /** How many threads shared an inference: fewer than were asked for where more are of no use. */
  readonly threads: number
  /** True when 256-bit instructions were used. */
  readonly turbo: boolean
  readonly arithmetic: string
  /** How products of integers are summed in generated code; `reference` when there is none. */
  readonly kernels: string
  /** Billions of operations a second at the median; a multiplication and an addition are two. */
  readonly gops: number
  /** Reading the file, compiling and the first inference, together. */
  readonly loadMs: number
  /** Operators that have no generated code. */
  readonly reference: readonly { readonly index: number; readonly kind: string }[]
}

/** `quantrx bench MODEL`: how long one inference takes. */
export const bench: CommandDefinition<BenchOptions> = {
  name: 'bench',
  description: 'measure how long one inference takes',
  examples: [
    { does: 'Time 50 inferences of a model', line: 'bench model.tflite' },
    {
      does: 'As LiteRT computes, on 2 threads, 20 times',
      line: 'bench model.int8.tflite --arithmetic xnnpack --threads 2 --runs 20',
    },
  ],
  define(command, environment) {
    command
      .argument('<model>', '.tflite file')
      .option('--runs <n>', 'number of timed inferences', parseCount, 50)
      .addOption(threadsOption('number of threads that share an inference'))
      .addOption(arithmeticOption())
      .addOption(turboOption())
    addRunOptions(command).action(async (path: string, options: BenchOptions) => {
      const result = await measure(path, options, environment)
      printResult(environment, options.json, result, () => draw(result))
    })
  },
}

async function measure(
  path: string,
  { runs, threads: wanted, arithmetic, turbo: wantsTurbo = false, ...others }: BenchOptions,
  environment: Environment,
): Promise<BenchResult> {
  const started = performance.now()
  const { model, bytes } = await readModelFile(environment, path)
  const program = await compile(model, {
    ...{ arithmetic, floatProducts: 'fused', threads: wanted, turbo: wantsTurbo },
    ...(await runOptions(others)),
  })
  const { threads } = program
  const turbo = program.turbo === 'on'
  tellTurbo(environment, program.turbo)
  if (threads < wanted)
    environment.stderr(`quantrx: of ${wanted} threads, ${threads} can be of use to this model here\n`)
  const compileMs = performance.now() - started
  const run = await inference(program, environment.signal)
  const loadMs = compileMs + run()
  await warmUp(run, environment.signal)
  const times = await timesOf(run, runs, environment.signal)
  program.close()
  const medianMs = quantile(times, 0.5)
  return {
    ...{
      medianMs,
      p10Ms: quantile(times, 0.1),
      runs,
      threads,
      turbo,
      arithmetic,
      kernels: program.innerLoop,
    },
    gops: (2 * describeModel(model, bytes, settledShapes(program)).macs) / (medianMs * 1e6),
    loadMs,
    reference: program.operators
      .filter(({ kernel }) => kernel === 'reference')
      .map(({ index, kind }) => ({ index, kind })),
  }
}

/** One inference on random inputs, the same every time; returns its milliseconds. */
async function inference(program: Program, signal: AbortSignal): Promise<() => number> {
  const inputs = await randomInputs(program, signal)
  return () => {
    const started = performance.now()
    program.run(inputs)
    return performance.now() - started
  }
}

async function randomInputs({ inputs }: Program, signal: AbortSignal): Promise<readonly Tensor[]> {
  const described = inputs.map(({ shape, type }) => ({ shape, type }))
  for await (const sample of randomSamples({ inputs: described, count: 1, seed: 0 })(signal)) {
    return sample.inputs
  }
  return []
}

const warmUpMilliseconds = 300

/** Engines compile a second time, and better, what runs often; that takes a while, and goes on in the background. */
async function warmUp(run: () => number, signal: AbortSignal): Promise<void> {
  for (let spent = 0; spent < warmUpMilliseconds;) {
    spent += run()
    await breathe(signal)
  }
}

async function timesOf(run: () => number, runs: number, signal: AbortSignal): Promise<readonly number[]> {
  const times: number[] = []
  while (times.length < runs) {
    times.push(run())
    await breathe(signal)
  }
  return times
}

/** Inference is synchronous: without a pause nothing would ever hear Ctrl-C. */
async function breathe(signal: AbortSignal): Promise<void> {
  await setImmediate()
  signal.throwIfAborted()
}

function draw({ medianMs, p10Ms, runs, threads, arithmetic, kernels, gops, loadMs, reference }: BenchResult) {
  const milliseconds = (time: number): string => `${time.toPrecision(4)} ms`
  return table(
    ['measure', 'value'],
    [
      [`one inference, median of ${runs}`, milliseconds(medianMs)],
      ['one inference, tenth percentile', milliseconds(p10Ms)],
      ['operations', `${gops.toPrecision(4)} GOPS`],
      ['read, compile and first inference', milliseconds(loadMs)],
      ['arithmetic', arithmetic],
      ['kernels', `${kernels}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`],
      ['on the reference', reference.map(({ index, kind }) => `${kind} (${index})`).join(', ') || 'nothing'],
    ],
  )
}
