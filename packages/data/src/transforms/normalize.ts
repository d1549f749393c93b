import { formatShape } from '@quantrx/core'
import type { Opener, Shape, Tensor } from '@quantrx/core'
import { dataError } from '../data-error.ts'

/** Maps every value x to `(x - mean) / std`: the same for all values, or one mean and deviation for each channel. */
export interface Normalization {
  readonly mean: number | readonly number[]
  readonly std: number | readonly number[]
}

/**
 * The same samples with every value x mapped to `(x - mean) / std` in float32. Channels are the last dimension, or the first of
 * three where only that has their number.
 *
 * @throws DataError for a deviation that is not above 0; while reading, for samples without that number of channels.
 *
 * @example
 * normalize(npyFile('pixels.npy'), { mean: 127.5, std: 127.5 }) // 0..255 becomes -1..1
 */
export function normalize(open: Opener, normalization: Normalization): Opener {
  const means = listed(normalization.mean)
  const stds = listed(normalization.std)
  const channels = Math.max(means.length, stds.length)
  const fits = [means, stds].every(({ length }) => length === channels || length === 1)
  if (!fits || !means.every(Number.isFinite) || !stds.every((std) => std > 0 && Number.isFinite(std))) {
    const found = `mean ${means.join(':')}, std ${stds.join(':')}`
    throw dataError('normalization', found, 'finite numbers, std above 0')
  }
  const constants = { channels, means: repeated(means, channels), stds: repeated(stds, channels) }
  return async function* (signal) {
    for await (const sample of open(signal)) {
      const inputs = sample.inputs.map((tensor) => normalized(sample.index, tensor, constants))
      yield { ...sample, inputs }
    }
  }
}

const listed = (values: number | readonly number[]): readonly number[] =>
  typeof values === 'number' ? [values] : values

const repeated = (values: readonly number[], count: number): readonly number[] =>
  values.length === count ? values : Array.from({ length: count }, () => values[0]!)

interface Constants {
  readonly channels: number
  readonly means: readonly number[]
  readonly stds: readonly number[]
}

function normalized(sample: number, { shape, data }: Tensor, { channels, means, stds }: Constants): Tensor {
  const values = new Float32Array(data.length)
  if (channels === 1) {
    const [mean, std] = [means[0]!, stds[0]!]
    for (let at = 0; at < values.length; at++) values[at] = (Number(data[at]) - mean) / std
    return { type: 'float32', shape, data: values }
  }
  const run = channelRun(sample, shape, channels)
  for (let at = 0; at < values.length; at++) {
    const channel = Math.floor(at / run) % channels
    values[at] = (Number(data[at]) - means[channel]!) / stds[channel]!
  }
  return { type: 'float32', shape, data: values }
}

/** How many values of one channel stand side by side. */
function channelRun(sample: number, shape: Shape, channels: number): number {
  if (shape.at(-1) === channels) return 1
  const [count = 0, height = 0, width = 0] = shape.slice(-3)
  if (shape.length >= 3 && count === channels) return height * width
  throw dataError(`sample ${sample}`, `shape ${formatShape(shape)}`, `${channels} channels to normalize`)
}
