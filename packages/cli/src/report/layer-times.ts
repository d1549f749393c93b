import type { Tensor } from '@quantrx/core'
import type { Program } from '@quantrx/runtime'
import { quantile } from '../shared/quantile.ts'
import { clockTick } from './clock-tick.ts'

/** Inferences that are timed, or batches of them. */
const runs = 30

/** Engines compile a second time, and better, what runs often. */
const warmUpMilliseconds = 200

/** What is timed takes at least so many ticks of the clock, so that a tick more or less says little. */
const ticksAtLeast = 20

/** The coarsest clock that tells layers apart, in milliseconds. */
const coarsestForLayers = 0.005

/** Times of a program, medians. */
export interface ProgramTimes {
  /** Milliseconds of an inference that nobody looks into. */
  readonly inference: number
  /**
   * Microseconds until each output is there since the one before it, by the name of the output; empty where the clock is too
   * coarse for that, as in pages that are not cross-origin isolated.
   */
  readonly layers: ReadonlyMap<string, number>
}

/**
 * Times inferences on the same inputs, as a whole and layer by layer.
 *
 * @param tick Milliseconds between two times that the clock can tell.
 */
export function programTimes(
  program: Program,
  inputs: readonly Tensor[],
  tick: number = clockTick(),
): ProgramTimes {
  const start = performance.now()
  while (performance.now() - start < warmUpMilliseconds) program.run(inputs)
  return {
    inference: inferenceTime(program, inputs, tick),
    layers: tick > coarsestForLayers ? new Map() : layerTimes(program, inputs),
  }
}

/** Of as many inferences at once as the clock needs: on a busy machine nothing but trying tells how many. */
function inferenceTime(program: Program, inputs: readonly Tensor[], tick: number): number {
  for (let batch = 1; ; batch *= 4) {
    const times: number[] = []
    for (let run = 0; run < runs; run++) {
      const started = performance.now()
      for (let at = 0; at < batch; at++) program.run(inputs)
      times.push(performance.now() - started)
    }
    const middle = quantile(times, 0.5)
    if (middle >= ticksAtLeast * tick) return middle / batch
  }
}

function layerTimes(program: Program, inputs: readonly Tensor[]): ReadonlyMap<string, number> {
  const layers = new Map<string, number[]>()
  for (let run = 0; run < runs; run++) {
    let last = performance.now()
    program.run(inputs, ({ name }) => {
      layers.set(name, [...(layers.get(name) ?? []), (performance.now() - last) * 1000])
      last = performance.now()
    })
  }
  return new Map([...layers].map(([name, times]) => [name, quantile(times, 0.5)]))
}
