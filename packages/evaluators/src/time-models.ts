import type { Tensor } from '@quantrx/core'
import { compile } from '@quantrx/runtime'
import type { CompileOptions, Program } from '@quantrx/runtime'
import type { Model } from '@quantrx/tflite'

/** Choices of `timeModels`. */
export interface TimingOptions extends CompileOptions {
  readonly signal?: AbortSignal
}

/** Rounds over all models; what disturbs the machine for a while disturbs them all. */
const rounds = 9

/** Clocks are too coarse for less. */
const sliceMilliseconds = 1.5

/** Engines compile a second time, and better, what runs often. */
const warmUpMilliseconds = 25

/** Models that take long are measured precisely enough in fewer rounds. */
const mostMilliseconds = 500

/**
 * Times inferences of several models on the same inputs, in turns: the median milliseconds of each, on this machine and one
 * thread. Takes some hundredths of a second for a small model, and some inferences of a slow one.
 *
 * @example
 * const [float, integer] = await timeModels([model, candidate.model], sample.inputs)
 */
export async function timeModels(
  models: readonly Model[],
  inputs: readonly Tensor[],
  { signal, ...options }: TimingOptions = {},
): Promise<readonly number[]> {
  const programs: Program[] = []
  for (const model of models) programs.push(await compile(model, options))
  try {
    for (const program of programs) slice(program, inputs, warmUpMilliseconds)
    const times = programs.map((): number[] => [])
    const spent = programs.map(() => 0)
    for (let round = 0; round < rounds; round++) {
      for (const [at, program] of programs.entries()) {
        if (round > 0 && spent[at]! > mostMilliseconds) continue
        signal?.throwIfAborted()
        const { runs, milliseconds } = slice(program, inputs, sliceMilliseconds)
        times[at]!.push(milliseconds / runs)
        spent[at]! += milliseconds
      }
    }
    return times.map(median)
  } finally {
    for (const program of programs) program.close()
  }
}

/** Runs a program for some time, at least once. */
function slice(program: Program, inputs: readonly Tensor[], least: number) {
  const started = performance.now()
  let [runs, milliseconds] = [0, 0]
  do {
    program.reset()
    program.run(inputs)
    runs++
    milliseconds = performance.now() - started
  } while (milliseconds < least)
  return { runs, milliseconds }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2
}
