import type { Metric } from '@quantrx/core'
import { noise } from '../noise.ts'
import type { NoiseState } from '../noise.ts'

/**
 * Signal-to-quantization-noise ratio of the outputs against the float model's, in dB, over all outputs and samples:
 * `10 * log10(sum(reference²) / sum((output - reference)²))`. Infinity when they are equal.
 */
export function sqnr(): Metric<NoiseState, number, 'sqnr'> {
  return {
    name: 'sqnr',
    needs: ['reference'],
    init: noise.init,
    update(state, { output, reference = [] }) {
      reference.forEach((values, at) => noise.add(state, output[at] ?? [], values))
    },
    merge: noise.merge,
    finish: noise.decibels,
  }
}
