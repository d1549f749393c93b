/** Sums from which a signal-to-noise ratio follows; float64, added in the order of the samples. */
export interface NoiseState {
  /** Sum of the squared reference values. */
  signal: number
  /** Sum of the squared differences to them. */
  noise: number
  /** Largest absolute difference. */
  maxAbs: number
}

/** Accumulates how far `values` are from `reference`, and turns the sums into decibels. */
export const noise = {
  init: (): NoiseState => ({ signal: 0, noise: 0, maxAbs: 0 }),
  add(state: NoiseState, values: ArrayLike<number>, reference: ArrayLike<number>): void {
    let { signal, noise: error, maxAbs } = state
    for (let i = 0; i < reference.length; i++) {
      const real = reference[i]!
      const difference = values[i]! - real
      signal += real * real
      error += difference * difference
      const magnitude = Math.abs(difference)
      if (magnitude > maxAbs) maxAbs = magnitude
    }
    state.signal = signal
    state.noise = error
    state.maxAbs = maxAbs
  },
  merge: (a: NoiseState, b: NoiseState): NoiseState => ({
    signal: a.signal + b.signal,
    noise: a.noise + b.noise,
    maxAbs: Math.max(a.maxAbs, b.maxAbs),
  }),
  /** Signal-to-quantization-noise ratio in dB: Infinity without noise, -Infinity for noise on a signal of zeros. */
  decibels: ({ signal, noise: error }: NoiseState): number =>
    error === 0 ? Infinity : 10 * Math.log10(signal / error),
} as const
