import { DataError } from '@quantrx/core'
import type { MergeableObserver } from '@quantrx/core'

/** Smallest and largest value of each channel; one entry for each. */
export interface ChannelRanges {
  readonly min: readonly number[]
  readonly max: readonly number[]
}

/** What {@link channelRanges} remembers of a tensor. */
export interface ChannelRangesState {
  readonly channels: number
  count: number
  readonly min: number[]
  readonly max: number[]
}

/**
 * Observes the range of every channel, the last dimension, of a tensor; one range for a scalar. What {@link equalizeModel} needs:
 * from it follow the ranges of tensors whose channels have been scaled. Neither order nor grouping of samples matters.
 *
 * @example
 * samples(open).pipe(infer(model), observe({ minmax: minMax(), channels: channelRanges() }))
 */
export function channelRanges(): MergeableObserver<ChannelRangesState, ChannelRanges> {
  const name = 'channel-ranges'
  return {
    name,
    init({ shape, channelAxis }) {
      const channels = channelAxis === undefined ? 1 : (shape[channelAxis] ?? 1)
      // Zeros where nothing has been seen, since JSON has no infinities.
      return { channels, count: 0, min: zeros(channels), max: zeros(channels) }
    },
    update(state, values) {
      const { channels, min, max } = state
      let checksum = 0
      for (let at = 0, channel = 0; at < values.length; at++) {
        const value = values[at]!
        checksum += value - value
        if ((state.count === 0 && at < channels) || value < min[channel]!) min[channel] = value
        if ((state.count === 0 && at < channels) || value > max[channel]!) max[channel] = value
        if (++channel === channels) channel = 0
      }
      if (checksum !== 0) throw unusable(name, 'NaN or infinite values', 'finite ones')
      state.count += values.length
    },
    merge(a, b) {
      if (a.count === 0 || b.count === 0) return copyOf(a.count === 0 ? b : a)
      const [min, max] = [
        a.min.map((low, at) => Math.min(low, b.min[at]!)),
        a.max.map((high, at) => Math.max(high, b.max[at]!)),
      ]
      return { channels: a.channels, count: a.count + b.count, min, max }
    },
    finish({ count, min, max }) {
      if (count === 0) throw unusable(name, 'no values', 'at least one')
      return { min: [...min], max: [...max] }
    },
  }
}

const zeros = (length: number): number[] => new Array<number>(length).fill(0)

const copyOf = (state: ChannelRangesState): ChannelRangesState => ({
  ...state,
  min: [...state.min],
  max: [...state.max],
})

const unusable = (subject: string, found: string, expected: string): DataError =>
  new DataError({ stage: 'observe', subject, found, expected, nextStep: 'Check the samples' })
