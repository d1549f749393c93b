import type { Panel } from '../convolution/split.ts'
import { keyOf } from './tap-groups.ts'
import type { Tap, TapGroup, TapVector } from './tap-groups.ts'

/** The vectors of weights that the sums of some tiles need, in the order of their first use. */
export interface TapWeights {
  readonly vectors: readonly TapVector[]
  /** Position of a vector among them. */
  indexOf(taps: TapVector): number
}

/** Collects the vectors of weights of a tile. */
export function tapWeights(groups: readonly TapGroup[]): TapWeights {
  const vectors = new Map(groups.flatMap(({ uses }) => uses).map(({ weights }) => [keyOf(weights), weights]))
  const positions = new Map([...vectors.keys()].map((key, index) => [key, index]))
  return { vectors: [...vectors.values()], indexOf: (taps) => positions.get(keyOf(taps))! }
}

/** What is packed, and in which order: panels, parts, vectors, channels of the panel, taps of the vector. */
export interface TapPacking {
  readonly vectors: readonly TapVector[]
  /** First tap of each part of the window. */
  readonly origins: readonly Tap[]
  readonly panels: readonly Panel[]
  readonly firstChannel: number
}

/** Packs a filter `[1, height, width, channels]`, zeros where there are no channels. */
export function packTaps(
  filter: Float32Array | Int16Array,
  shape: { readonly filterWidth: number; readonly outputChannels: number },
  { vectors, origins, panels, firstChannel }: TapPacking,
): readonly number[] {
  const { filterWidth, outputChannels } = shape
  const values: number[] = []
  let first = firstChannel
  for (const { size, count } of panels) {
    for (let panel = 0; panel < count; panel++, first += size) {
      for (const { row, column } of origins) {
        for (const taps of vectors) {
          for (let channel = first; channel < first + size; channel++) {
            for (const tap of taps) {
              const at = tap && ((row + tap.row) * filterWidth + column + tap.column) * outputChannels
              values.push(at === undefined || channel >= outputChannels ? 0 : filter[at + channel]!)
            }
          }
        }
      }
    }
  }
  return values
}
