import type { Metric } from '@quantrx/core'
import { argmax } from '../argmax.ts'
import { proportion } from '../proportion.ts'
import type { ProportionState } from '../proportion.ts'

/**
 * Agreement with the float model: the share of samples, 0 to 1, for which the largest value of the first output stands
 * at the same index in both (the lowest index where several are equal). Needs no labels.
 */
export function agreement(): Metric<ProportionState, number, 'agreement'> {
  return {
    ...proportion,
    name: 'agreement',
    needs: ['reference'],
    update(state, { output, reference }) {
      proportion.count(state, argmax(output[0] ?? []) === argmax(reference?.[0] ?? []))
    },
  }
}
