import type { ChannelRanges } from './channel-ranges.ts'
import type { PairEnd, ScalablePair } from './scalable-pairs.ts'

/**
 * What is made alike. `weights`: the ranges of the weights of both ends of a pair, which decide the error where a tensor has
 * one scale. `activations`: the ranges of the channels between them, which always have one scale.
 */
export type Balance = 'weights' | 'activations'

/** Rounds over all pairs; each takes what its neighbours have become. */
const rounds = 20

/** No channel is scaled by more, so that float32 stays far from its ends. */
const largestFactor = 2 ** 12

/** RELU6 cuts here; scaled channels stay below, rounding included. */
const cut = 6 * (1 - 2 ** -12)

/**
 * A factor for every channel of every pair.
 *
 * For `weights`, Nagel et al. 2019 (arXiv 1906.04721), section 4.1: with the ranges r1 and r2 of a channel's weights in front of and
 * behind it, equation 11 makes both `sqrt(r1 r2)`, by the factor `sqrt(r2 / r1)`, over and over because an operator can be an end
 * of two pairs. For `activations`, channels grow to the range of the largest one where the consumer is depthwise, whose weights
 * have a scale for each channel, and by the square root of that where it mixes channels: half of the difference then moves
 * into the weights, as SmoothQuant shares it (Xiao et al. 2022, arXiv 2211.10438, equation 4, α = 0.5).
 *
 * A channel that RELU6 has cut keeps factor 1: its cut would have to move along. The others grow so far that nothing seen reaches
 * the cut.
 *
 * @param ranges Channel ranges by tensor; tensors without one are not limited.
 */
export function scaleFactors(
  pairs: readonly ScalablePair[],
  ranges: ReadonlyMap<number, ChannelRanges>,
  balance: Balance,
): readonly (readonly number[])[] {
  const factors = pairs.map(({ channels }) => new Array<number>(channels).fill(1))
  const limits = pairs.map((pair) => limitsOf(pair, ranges))
  const bounded = (at: number, channel: number, factor: number): number => {
    const limit = limits[at]![channel]!
    return limit === 1 ? 1 : Math.min(limit, largestFactor, Math.max(1 / largestFactor, factor))
  }
  if (balance === 'activations') {
    return pairs.map((pair, at) =>
      fillingFactors(pair, ranges).map((factor, channel) => bounded(at, channel, factor)),
    )
  }
  for (let round = 0; round < rounds; round++) {
    pairs.forEach((_, at) => {
      const [front, back] = weightRanges(pairs, factors, at)
      front.forEach((range, channel) => {
        if (range === 0 || back[channel] === 0) return
        const factor = factors[at]![channel]! * Math.sqrt(back[channel]! / range)
        factors[at]![channel] = bounded(at, channel, factor)
      })
    })
  }
  return factors
}

/** Largest factor of each channel of a pair; 1 means none at all. */
function limitsOf(pair: ScalablePair, ranges: ReadonlyMap<number, ChannelRanges>): readonly number[] {
  return Array.from({ length: pair.channels }, (_, channel) =>
    pair.limited.reduce((limit, tensor) => {
      const largest = ranges.get(tensor)?.max[channel] ?? 6
      return largest >= 6 ? 1 : Math.min(limit, largest > 0 ? Math.max(1, cut / largest) : Infinity)
    }, Infinity),
  )
}

function fillingFactors(
  { channels, tensors, consumer }: ScalablePair,
  ranges: ReadonlyMap<number, ChannelRanges>,
): readonly number[] {
  const magnitudes = Array.from({ length: channels }, (_, channel) =>
    tensors.reduce(
      (largest, tensor) => Math.max(largest, magnitudeOf(ranges.get(tensor), channel, channels)),
      0,
    ),
  )
  const top = magnitudes.reduce((a, b) => Math.max(a, b), 0)
  return magnitudes.map((magnitude) => {
    if (magnitude === 0) return 1
    return consumer.mixesChannels ? Math.sqrt(top / magnitude) : top / magnitude
  })
}

/** Largest magnitude of a channel; of a flattened tensor, whose ranges are of positions and channels, over the positions. */
function magnitudeOf(ranges: ChannelRanges | undefined, channel: number, channels: number): number {
  let largest = 0
  for (let at = channel; at < (ranges?.max.length ?? 0); at += channels) {
    largest = Math.max(largest, -ranges!.min[at]!, ranges!.max[at]!)
  }
  return largest
}

/** Ranges of the weights of each channel at both ends of a pair, with the factors of all pairs so far. */
function weightRanges(
  pairs: readonly ScalablePair[],
  factors: readonly (readonly number[])[],
  at: number,
): readonly [readonly number[], readonly number[]] {
  const { producer, consumer, channels } = pairs[at]!
  const own = factors[at]!
  const before = pairs.findIndex((pair) => pair.consumer.operator === producer.operator)
  const after = pairs.findIndex((pair) => pair.producer.operator === consumer.operator)
  const front = largestOf(producer, channels, (weight) => {
    const shrunk = before < 0 ? 1 : factors[before]![pairs[before]!.consumer.channelOf(weight)]!
    return own[producer.channelOf(weight)]! / shrunk
  })
  const back = largestOf(consumer, channels, (weight) => {
    const grown = after < 0 ? 1 : factors[after]![pairs[after]!.producer.channelOf(weight)]!
    return grown / own[consumer.channelOf(weight)]!
  })
  return [front, back]
}

function largestOf(
  { weights, channelOf }: PairEnd,
  channels: number,
  factorAt: (weight: number) => number,
): readonly number[] {
  const largest = new Array<number>(channels).fill(0)
  weights.values.forEach((value, at) => {
    const channel = channelOf(at)
    largest[channel] = Math.max(largest[channel]!, Math.abs(value) * factorAt(at))
  })
  return largest
}
