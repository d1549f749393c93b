import type { Metric } from '@quantrx/core'
import { noise } from '../noise.ts'
import type { NoiseState } from '../noise.ts'

/**
 * Signal-to-quantization-noise ratio of the tensor before the final SOFTMAX, in dB, over all samples, against the float model's
 * values clamped to what the integer tensor can represent: what rounding has cost, without the few values that test samples have
 * outside of the calibrated range. Equal to {@link logitsSqnr} for float tensors.
 */
export function clippedSqnr(): Metric<NoiseState, number, 'clippedSqnr'> {
  return {
    ...noise,
    name: 'clippedSqnr',
    needs: ['reference'],
    update(state, { logits }) {
      const { values, reference, range } = logits ?? {}
      if (values === undefined || reference === undefined) return
      const clipped = range && reference.map((value) => Math.min(range.max, Math.max(range.min, value)))
      noise.add(state, values, clipped ?? reference)
    },
    finish: noise.decibels,
  }
}
