import type { Panel } from '../convolution/split.ts'
import { keyOf } from './tap-groups.ts'
import type { Tap, TapGroup, TapVector } from './tap-groups.ts'

/** The vectors of weights that the sums of some tiles need, in the order of their first use. */
export interface TapWeights {
  readonly vectors: readonly TapVector[]
  /** Position of a vector among them. */
  indexOf(taps: TapVector): number
}

/** Collects the vectors of weights of a tile, which are all that smaller tiles need, too. */
export function tapWeights(groups: readonly TapGroup[]): TapWeights {
  const vectors = new Map(groups.flatMap(({ uses }) => uses).map(({ weights }) => [keyOf(weights), weights]))
  const positions = new Map([...vectors.keys()].map((key, index) => [key, index]))
  const known = new Map<TapVector, number>()
  return {
    vectors: [...vectors.values()],
    indexOf(taps) {
      const index = known.get(taps) ?? positions.get(keyOf(taps))!
      known.set(taps, index)
      return index
    },
  }
}

/** What is packed, and in which order: panels, parts, vectors, channels of the panel, taps of the vector. */
export interface TapPacking {
  readonly vectors: readonly TapVector[]
  /** First tap of each part of the window. */
  readonly origins: readonly Tap[]
  readonly panels: readonly Panel[]
  readonly firstChannel: number
}

/** Fills packed weights from a filter `[1, height, width, channels]`; where there are no channels they stay as they are. */
export function packTaps(
  filter: Float32Array | Int16Array | Int8Array,
  shape: { readonly filterWidth: number; readonly outputChannels: number },
  { vectors, origins, panels, firstChannel }: TapPacking,
  packed: Float32Array | Int16Array | Int8Array,
): void {
  const { filterWidth, outputChannels } = shape
  let [at, first] = [0, firstChannel]
  for (const { size, count } of panels) {
    for (let panel = 0; panel < count; panel++, first += size) {
      const channels = Math.min(size, outputChannels - first)
      for (const { row, column } of origins) {
        for (const taps of vectors) {
          taps.forEach((tap, place) => {
            if (tap === undefined) return
            const from = ((row + tap.row) * filterWidth + column + tap.column) * outputChannels + first
            for (let channel = 0; channel < channels; channel++)
              packed[at + channel * taps.length + place] = filter[from + channel]!
          })
          at += size * taps.length
        }
      }
    }
  }
}

/** Numbers that {@link packTaps} fills. */
export function packedLength({ vectors, origins, panels }: TapPacking): number {
  const channels = panels.reduce((sum, { size, count }) => sum + size * count, 0)
  return channels * origins.length * vectors.reduce((sum, taps) => sum + taps.length, 0)
}
