import { copyRun } from '../../shared/element-walk.ts'
import type { Words } from '../../shared/element-walk.ts'
import type { IndexTuples } from '../../shared/index-tuples.ts'

/**
 * GATHER_ND: the slices that tuples of indices name, one behind the other.
 *
 * @throws DataError, when it runs, for an index outside its dimension.
 */
export function gatherNd(
  tuples: IndexTuples,
  wordsPerElement: number,
): (input: Words, indices: ArrayLike<number | bigint>, output: Words) => void {
  const run = tuples.run * wordsPerElement
  return (input, indices, output) => {
    for (let at = 0; at < tuples.count; at++)
      copyRun(input, tuples.start(indices, at) * wordsPerElement, output, at * run, run)
  }
}
