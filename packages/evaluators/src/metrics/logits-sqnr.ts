import type { Metric } from '@quantrx/core'
import { noise } from '../noise.ts'
import type { NoiseState } from '../noise.ts'

/**
 * Signal-to-quantization-noise ratio of the tensor before the final SOFTMAX against the float model's, in dB, over all samples.
 * A few values outside of the calibrated range can outweigh all others; {@link clippedSqnr} and {@link medianSqnr} do not let
 * them.
 */
export function logitsSqnr(): Metric<NoiseState, number, 'logitsSqnr'> {
  return {
    ...noise,
    name: 'logitsSqnr',
    needs: ['reference'],
    update(state, { logits }) {
      if (logits?.reference !== undefined) noise.add(state, logits.values, logits.reference)
    },
    finish: noise.decibels,
  }
}
