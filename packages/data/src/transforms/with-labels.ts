import type { Opener } from '@quantrx/core'
import { dataError } from '../data-error.ts'

/**
 * The same samples with class indices, which belong to the rows of the source in order.
 *
 * @throws DataError while reading, when there are more samples than labels, or fewer.
 */
export function withLabels(open: Opener, labels: ArrayLike<number>): Opener {
  return async function* (signal) {
    let count = 0
    for await (const sample of open(signal)) {
      const label = labels[sample.index]
      if (label === undefined) {
        throw dataError(
          'labels',
          `${labels.length} labels`,
          `one for sample ${sample.index}`,
          'Check that the labels belong to these samples',
        )
      }
      count++
      yield { ...sample, label }
    }
    if (count !== labels.length) {
      throw dataError(
        'labels',
        `${labels.length} labels`,
        `${count}, one for each sample`,
        'Check that the labels belong to these samples',
      )
    }
  }
}
