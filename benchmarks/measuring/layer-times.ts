import type { Tensor } from '@quantrx/core'
import type { Program } from '@quantrx/runtime'
import type { Contestant } from './rounds.ts'
import { quantile } from './statistics.ts'

/** A contestant that also finds out how long each operator takes. */
export interface LayerTimes extends Contestant {
  /** Milliseconds of each operator, the call of its code included: a tenth of the runs took at most this long. */
  p10Ms(): readonly number[]
}

/** Runs a program operator by operator, looking at the clock between them. */
export function layerTimes(program: Program, inputs: readonly Tensor[]): LayerTimes {
  let times = program.operators.map((): number[] => [])
  const operatorOf = program.operators.flatMap(({ outputs }, at) => outputs.map(() => at))
  return {
    run() {
      // Inputs are visited before the first operator.
      let visited = -program.inputs.length
      let started = 0
      program.run(inputs, () => {
        const now = performance.now()
        const [operator, before] = [operatorOf[visited], operatorOf[visited - 1]]
        if (operator !== undefined && operator !== before) times[operator]!.push(now - started)
        visited++
        started = performance.now()
      })
    },
    warmed() {
      times = times.map(() => [])
    },
    p10Ms: () => times.map((each) => quantile(each, 0.1)),
  }
}
