/** How the time steps of a batch of sequences lie in memory, and in which order they are taken. */
export interface SequenceGeometry {
  readonly batches: number
  readonly steps: number
  /** True for `[steps, batches, …]`, false for `[batches, steps, …]`. */
  readonly timeMajor: boolean
  /** True for the direction that begins with the last step. */
  readonly backwards?: boolean
}

/**
 * Visits every step of every sequence, one sequence after the other.
 *
 * @param visit is given the position of a vector in a tensor of such vectors, and the number of the sequence.
 */
export function forEachStep(
  { batches, steps, timeMajor, backwards = false }: SequenceGeometry,
  visit: (position: number, batch: number) => void,
): void {
  for (let batch = 0; batch < batches; batch++) {
    for (let step = 0; step < steps; step++) {
      const time = backwards ? steps - 1 - step : step
      visit(timeMajor ? time * batches + batch : batch * steps + time, batch)
    }
  }
}
