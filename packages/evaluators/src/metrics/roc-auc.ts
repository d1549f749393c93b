import { DataError } from '@quantrx/core'
import type { Evaluation, Metric } from '@quantrx/core'

/** What tells an anomaly from the usual. */
export type AnomalyScore = 'output' | 'reconstruction'

/** Scores of the usual samples and of the anomalies, one for each sample. */
export interface RocAucState {
  readonly usual: number[]
  readonly anomalies: number[]
}

/**
 * Area under the receiver operating characteristic of an anomaly detector, 0 to 1: the probability that an anomaly scores higher
 * than a usual sample, ties counting half. Label 0 is usual, any other is an anomaly. Remembers a number for each sample.
 *
 * @param score `output` (default): the last value of the first output. `reconstruction`: the mean squared difference of the
 * first output to the first input, for autoencoders.
 * @throws DataError when there are no anomalies, or nothing else.
 *
 * @example
 * evaluate(npyFile('test.npy'), [rocAuc({ score: 'reconstruction' })])
 */
export function rocAuc({ score = 'output' }: { readonly score?: AnomalyScore } = {}): Metric<
  RocAucState,
  number,
  'rocAuc'
> {
  const scoreOf = score === 'output' ? lastValue : reconstructionError
  return {
    name: 'rocAuc',
    needs: ['label'],
    init: () => ({ usual: [], anomalies: [] }),
    update({ usual, anomalies }, evaluation) {
      ;(evaluation.label === 0 ? usual : anomalies).push(scoreOf(evaluation))
    },
    merge: (a, b) => ({
      usual: [...a.usual, ...b.usual],
      anomalies: [...a.anomalies, ...b.anomalies],
    }),
    finish: areaUnderCurve,
  }
}

const lastValue = ({ output: [values = new Float32Array()] }: Evaluation): number => values.at(-1) ?? 0

function reconstructionError({ output: [values = new Float32Array()], input: [input] }: Evaluation): number {
  if (input?.data.length !== values.length) {
    throw unusable(
      `${values.length} outputs for ${input?.data.length ?? 0} inputs`,
      'as many outputs as inputs',
    )
  }
  let sum = 0
  for (let at = 0; at < values.length; at++) sum += (values[at]! - Number(input.data[at])) ** 2
  return sum / values.length
}

/** By the ranks of the scores, as H. Mann and D. Whitney 1947 do. */
function areaUnderCurve({ usual, anomalies }: RocAucState): number {
  if (usual.length === 0 || anomalies.length === 0) {
    throw unusable(`${usual.length} usual samples and ${anomalies.length} anomalies`, 'some of both')
  }
  const all = [
    ...usual.map((score) => ({ score, above: 0 })),
    ...anomalies.map((score) => ({ score, above: 1 })),
  ]
  all.sort((a, b) => a.score - b.score)
  let ranks = 0
  for (let start = 0; start < all.length;) {
    let end = start
    while (end < all.length && all[end]!.score === all[start]!.score) end++
    const ties = all.slice(start, end).reduce((count, { above }) => count + above, 0)
    ranks += (ties * (start + 1 + end)) / 2
    start = end
  }
  const least = (anomalies.length * (anomalies.length + 1)) / 2
  return (ranks - least) / (anomalies.length * usual.length)
}

const unusable = (found: string, expected: string): DataError =>
  new DataError({
    ...{ stage: 'evaluate', subject: 'rocAuc', found, expected },
    nextStep: 'Check the labels: 0 is usual, any other an anomaly',
  })
