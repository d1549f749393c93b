import { DataError } from './errors.ts'
import type { Stage } from './errors.ts'
import type { Tensor } from './tensor.ts'

/** One example to feed a model: one tensor per model input, in the model's order, and its class where it is known. */
export interface Sample {
  /** Position in the source, counted from 0; errors and reports name samples by it. */
  readonly index: number
  readonly inputs: readonly Tensor[]
  /** Class index, counted from 0. */
  readonly label?: number
  /** What people know it by, such as the path of its file; only for messages and reports. */
  readonly name?: string
}

/**
 * Opens a source of samples. Calling it again reads the source again from its start; `signal` aborts when the reader
 * loses interest, and an opener that waits for something must then stop waiting and release what it holds.
 */
export type Opener<Item = Sample> = (signal: AbortSignal) => AsyncIterable<Item>

/**
 * Makes sure that a sample holds numbers a model can run on.
 *
 * @throws DataError naming the sample and the position of a NaN or an infinity.
 */
export function checkFinite({ index, inputs }: Sample, stage: Stage): void {
  inputs.forEach(({ type, data }, input) => {
    if (type !== 'float32' && type !== 'float64') return
    const at = firstNotFinite(data as Float32Array | Float64Array)
    if (at === data.length) return
    throw new DataError({
      stage,
      subject: `sample ${index}, input ${input}`,
      found: `${data[at]} at position ${at}`,
      expected: 'finite values',
      nextStep: 'Remove or repair the sample',
    })
  })
}

/** Position of the first NaN or infinity; the length where there is none. */
function firstNotFinite(values: Float32Array | Float64Array): number {
  let at = 0
  // A sum of eight with one of them in it is not finite either, and takes a third of the time that eight questions do.
  while (at + 8 <= values.length && Number.isFinite(sumOfEight(values, at))) at += 8
  while (at < values.length && Number.isFinite(values[at])) at++
  return at
}

function sumOfEight(values: Float32Array | Float64Array, at: number): number {
  const first = values[at]! + values[at + 1]! + (values[at + 2]! + values[at + 3]!)
  return first + (values[at + 4]! + values[at + 5]! + (values[at + 6]! + values[at + 7]!))
}
