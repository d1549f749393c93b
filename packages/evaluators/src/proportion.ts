/** How many of the evaluated samples satisfied a condition. */
export interface ProportionState {
  hits: number
  samples: number
}

/** The functions of a metric that counts samples; what counts as a hit is the metric's own. */
export const proportion = {
  init: (): ProportionState => ({ hits: 0, samples: 0 }),
  count(state: ProportionState, hit: boolean): void {
    state.samples++
    if (hit) state.hits++
  },
  merge: (a: ProportionState, b: ProportionState): ProportionState => ({
    hits: a.hits + b.hits,
    samples: a.samples + b.samples,
  }),
  finish: ({ hits, samples }: ProportionState): number => hits / samples,
} as const
