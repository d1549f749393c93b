import type { Tap, TapGroup } from './tap-groups.ts'

/** Taps of a vector of weights for four channels; `undefined` stands for weights of 0. */
export type TapVector = readonly (Tap | undefined)[]

/** The vectors of weights that the sums of some tiles need, in the order of their first use. */
export interface TapWeights {
  readonly vectors: readonly TapVector[]
  /** Position of a vector among all. */
  indexOf(taps: TapVector): number
}

/** Collects the vectors of weights of tiles. */
export function tapWeights(groups: readonly TapGroup[]): TapWeights {
  const indices = new Map<string, number>()
  const vectors: TapVector[] = []
  for (const { weights } of groups.flatMap(({ uses }) => uses)) {
    if (indices.has(keyOf(weights))) continue
    indices.set(keyOf(weights), vectors.length)
    vectors.push(weights)
  }
  return { vectors, indexOf: (taps) => indices.get(keyOf(taps))! }
}

function keyOf(taps: TapVector): string {
  return taps.map((tap) => tap && `${tap.row},${tap.column}`).join(' ')
}

/**
 * Packs a filter `[1, height, width, channels]` by four channels, then vectors, then channels, then the taps of a vector.
 */
export function packTaps<Elements extends Float32Array | Int16Array | Int8Array>(
  filter: Float32Array | Int16Array,
  { filterWidth, outputChannels }: { readonly filterWidth: number; readonly outputChannels: number },
  vectors: readonly TapVector[],
  packed: (length: number) => Elements,
): Elements {
  const quads = Math.ceil(outputChannels / 4)
  const values = packed(quads * vectors.length * 4 * (vectors[0]?.length ?? 1))
  let at = 0
  for (let quad = 0; quad < quads; quad++) {
    for (const taps of vectors) {
      for (let channel = quad * 4; channel < quad * 4 + 4; channel++) {
        for (const tap of taps) {
          if (tap !== undefined && channel < outputChannels)
            values[at] = filter[(tap.row * filterWidth + tap.column) * outputChannels + channel]!
          at++
        }
      }
    }
  }
  return values
}
