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
  const copy = stepCopier(values, weights, elementsPerStep)
  let start = 0
  let first = 0
  for (const { size, count, channels } of panels) {
    const stepLength = size * elementsPerStep
    for (let panel = 0; panel < count; panel++, first += channels) {
      for (let part = 0; part < parts; part++, start += steps * stepLength) {
        for (let channel = 0; channel < channels; channel++) {
          const { from, count: elements } = weightsOf(first + channel, part)
          copy(from, elements, start + channel * elementsPerStep, stepLength)
        }
      }
    }
  }
  return values
}

/** Copies consecutive elements, those of a step together, to where some stride of elements separates the steps. */
type StepCopier = (from: number, count: number, to: number, stride: number) => void

function stepCopier(
  values: Float32Array | Int16Array | Int8Array,
  weights: Float32Array | Int16Array,
  elementsPerStep: number,
): StepCopier {
  const single: StepCopier = (from, count, to, stride) => {
    for (let element = 0, at = to; element < count; at += stride) {
      const end = Math.min(count, element + elementsPerStep)
      for (let next = at; element < end; element++, next++) values[next] = weights[from + element]!
    }
  }
  const isPairs = elementsPerStep === 2 && values instanceof Int16Array && weights instanceof Int16Array
  if (!isPairs || weights.byteOffset % 4 !== 0) return single
  // A pair moves as one number, where it starts at an even place.
  const pairsOf = ({ buffer, byteOffset, length }: Int16Array): Int32Array =>
    new Int32Array(buffer, byteOffset, length >> 1)
  const [target, source] = [pairsOf(values), pairsOf(weights)]
  return (from, count, to, stride) => {
    if (from % 2 !== 0 || count % 2 !== 0) {
      single(from, count, to, stride)
      return
    }
    const end = (from + count) / 2
    for (let pair = from / 2, at = to / 2; pair < end; pair++, at += stride / 2) target[at] = source[pair]!
  }
}
