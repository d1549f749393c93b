import type { Opener, Tensor } from '@quantrx/core'
import { dataError } from '../data-error.ts'

/** Maps every value x to `(x - mean) / std`. */
export interface Normalization {
  readonly mean: number
  readonly std: number
}

/**
 * The same samples with every value x mapped to `(x - mean) / std` in float32.
 *
 * @throws DataError for a deviation that is not above 0.
 *
 * @example
 * normalize(npyFile('pixels.npy'), { mean: 127.5, std: 127.5 }) // 0..255 becomes -1..1
 */
export function normalize(open: Opener, { mean, std }: Normalization): Opener {
  if (!(std > 0 && Number.isFinite(mean) && Number.isFinite(std))) {
    throw dataError('normalization', `mean ${mean}, std ${std}`, 'finite numbers, std above 0')
  }
  return async function* (signal) {
    for await (const sample of open(signal)) {
      yield { ...sample, inputs: sample.inputs.map((tensor) => normalized(tensor, mean, std)) }
    }
  }
}

function normalized({ shape, data }: Tensor, mean: number, std: number): Tensor {
  const values = new Float32Array(data.length)
  for (let at = 0; at < values.length; at++) values[at] = (Number(data[at]) - mean) / std
  return { type: 'float32', shape, data: values }
}
