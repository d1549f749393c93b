import type { Metric } from '@quantrx/core'
import { noise } from '../noise.ts'

/** Noise of each sample as a share of its signal; a number for each sample. */
export interface MedianSqnrState {
  readonly shares: number[]
}

/**
 * Median over the samples of the signal-to-quantization-noise ratio of the tensor before the final SOFTMAX against the float
 * model's, in dB: how far off a usual sample is, whatever happens to unusual ones. Remembers a number for each sample.
 */
export function medianSqnr(): Metric<MedianSqnrState, number, 'medianSqnr'> {
  return {
    name: 'medianSqnr',
    needs: ['reference'],
    init: () => ({ shares: [] }),
    update({ shares }, { logits }) {
      if (logits?.reference === undefined) return
      const own = noise.init()
      noise.add(own, logits.values, logits.reference)
      // Plain data has no infinities.
      shares.push(own.noise === 0 ? 0 : Math.min(Number.MAX_VALUE, own.noise / own.signal))
    },
    merge: (a, b) => ({ shares: [...a.shares, ...b.shares] }),
    finish({ shares }) {
      const sorted = [...shares].sort((a, b) => a - b)
      const decibels = (at: number): number => -10 * Math.log10(sorted[at] ?? NaN)
      const [lower, upper] = [Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2)]
      return lower === upper ? decibels(lower) : (decibels(lower) + decibels(upper)) / 2
    },
  }
}
