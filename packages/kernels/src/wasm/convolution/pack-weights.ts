import { panelsOf, partCount } from './tiled-products.ts'
import type { TiledProducts } from './tiled-products.ts'

/** The weights of a part for one channel: consecutive elements of an array. */
export interface PartWeights {
  readonly from: number
  readonly count: number
}

/**
 * Packs weights in the order in which a kernel reads them: panel, part, step, vector of four channels, elements of the
 * step; zeros where channels or parts end.
 */
export function packWeights<Elements extends Float32Array | Int16Array | Int8Array>(
  products: TiledProducts,
  packed: (length: number) => Elements,
  weights: Float32Array | Int16Array,
  weightsOf: (channel: number, part: number) => PartWeights,
): Elements {
  const { inner, steps } = products
  const { elementsPerStep } = inner
  const parts = partCount(products)
  const panels = panelsOf(products)
  const width = panels.reduce((total, { size, count }) => total + size * count, 0)
  const values = packed(width * parts * steps * elementsPerStep)
  let start = 0
  let first = 0
  for (const { size, count, channels } of panels) {
    const stepLength = size * elementsPerStep
    for (let panel = 0; panel < count; panel++, first += channels) {
      for (let part = 0; part < parts; part++, start += steps * stepLength) {
        for (let channel = 0; channel < channels; channel++) {
          const { from, count: elements } = weightsOf(first + channel, part)
          let at = start + channel * elementsPerStep
          for (let element = 0; element < elements; at += stepLength) {
            const end = Math.min(elements, element + elementsPerStep)
            for (let to = at; element < end; element++, to++) values[to] = weights[from + element]!
          }
        }
      }
    }
  }
  return values
}
