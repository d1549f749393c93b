import { DataError } from '@quantrx/core'
import type { Metric } from '@quantrx/core'
import { argmax } from '../argmax.ts'
import { proportion } from '../proportion.ts'
import type { ProportionState } from '../proportion.ts'

/**
 * Top-1 accuracy: the share of samples, 0 to 1, whose label is the index of the largest value of the first output
 * (the lowest index where several are equal).
 *
 * @throws DataError for a label that is no class of the model.
 *
 * @example
 * evaluate(arrowFile('test.arrow'), [top1()])
 */
export function top1(): Metric<ProportionState, number, 'top1'> {
  return {
    ...proportion,
    name: 'top1',
    needs: ['label'],
    update(state, { output, label }) {
      const scores = output[0] ?? new Float32Array()
      if (label === undefined || !(label in scores)) {
        throw new DataError({
          stage: 'evaluate',
          subject: 'label',
          found: String(label),
          expected: `a class index from 0 to ${scores.length - 1}`,
          nextStep: 'Check that the labels belong to this model',
        })
      }
      proportion.count(state, argmax(scores) === label)
    },
  }
}
