import type { Sample } from '@quantrx/core'
import { sampleRunner } from '@quantrx/evaluators'
import { shapedFor } from '@quantrx/runtime'
import type { Model } from '@quantrx/tflite'
import type { OperatorRun } from '../graph/sample-batch.ts'

/**
 * How far a model's results are from those of the float model it stems from, one number for each sample: of every output, of the first
 * the tensor before a final SOFTMAX, the squared differences as a share of the mean square of the float values, added up. Values
 * beyond the range of an integer tensor count in full.
 */
export async function sampleErrors(
  model: Model,
  reference: Model,
  samples: readonly Sample[],
  run: OperatorRun = {},
): Promise<readonly number[]> {
  const models = { model, reference, ...run }
  const runSample = await sampleRunner(
    samples[0] === undefined ? models : shapedFor(reference, models, samples[0]),
  )
  const signals: number[] = []
  const noises = samples.map((sample) => {
    const { output, reference: expected = [], logits } = runSample(sample)
    return output.map((values, at) => {
      const first = at === 0 && logits?.reference !== undefined
      const [own, float] = first ? [logits.values, logits.reference!] : [values, expected[at]!]
      signals[at] = (signals[at] ?? 0) + squares(float, () => 0)
      return squares(own, (index) => float[index]!)
    })
  })
  const shares = signals.map((signal) => (signal > 0 ? samples.length / signal : 1))
  return noises.map((noise) => noise.reduce((sum, each, at) => sum + finite(each) * shares[at]!, 0))
}

function squares(values: ArrayLike<number>, centre: (at: number) => number): number {
  let sum = 0
  for (let at = 0; at < values.length; at++) {
    const difference = values[at]! - centre(at)
    sum += difference * difference
  }
  return sum
}

/** What is not a number is as wrong as can be. */
const finite = (value: number): number => (Number.isFinite(value) ? value : Number.MAX_VALUE / 2 ** 64)
