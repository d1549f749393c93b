import type { Tensor } from '@quantrx/core'
import type { Program } from '@quantrx/runtime'
import { quantile } from '../shared/quantile.ts'

/** Inferences that are timed. */
const runs = 30

/** Engines compile a second time, and better, what runs often. */
const warmUpMilliseconds = 200

/** Times of a program, medians. */
export interface ProgramTimes {
  /** Milliseconds of an inference that nobody looks into. */
  readonly inference: number
  /** Microseconds until each output is there since the one before it, by the name of the output. */
  readonly layers: ReadonlyMap<string, number>
}

/** Times inferences on the same inputs, as a whole and layer by layer. */
export function programTimes(program: Program, inputs: readonly Tensor[]): ProgramTimes {
  const whole: number[] = []
  const layers = new Map<string, number[]>()
  for (const start = performance.now(); performance.now() - start < warmUpMilliseconds;) program.run(inputs)
  for (let run = 0; run < runs; run++) {
    const started = performance.now()
    program.run(inputs)
    whole.push(performance.now() - started)
    let last = performance.now()
    program.run(inputs, ({ name }) => {
      layers.set(name, [...(layers.get(name) ?? []), (performance.now() - last) * 1000])
      last = performance.now()
    })
  }
  return {
    inference: quantile(whole, 0.5),
    layers: new Map([...layers].map(([name, times]) => [name, quantile(times, 0.5)])),
  }
}
