import { panelsOf, partCount, stepCount } from './tiled-products.ts'
import type { TiledProducts } from './tiled-products.ts'

/** The weights of a part for one channel: consecutive elements of an array. */
export interface PartWeights {
  readonly from: number
  readonly count: number
}

/** Weights as they are or as they are packed. */
export type Weights = Float32Array | Int16Array | Int8Array

/**
 * Packs weights in the order in which a kernel reads them: panel, part, step, vector of four channels, elements of the
 * step; zeros where channels or parts end. Further steps are parts of one step.
 */
export function packWeights<Elements extends Weights>(
  products: TiledProducts,
  packed: (length: number) => Elements,
  weights: Weights,
  weightsOf: (channel: number, part: number) => PartWeights,
): Elements {
  const { inner } = products
  const { elementsPerStep } = inner
  const stepsOfParts = [
    ...Array.from({ length: partCount(products) }, () => products.steps),
    ...(products.furtherSteps ?? []).map(() => 1),
  ]
  const panels = panelsOf(products)
  const width = panels.reduce((total, { size, count }) => total + size * count, 0)
  const values = packed(width * stepCount(products) * elementsPerStep)
  const copy = stepCopier(values, weights, elementsPerStep)
  let start = 0
  let first = 0
  for (const { size, count, channels } of panels) {
    const stepLength = size * elementsPerStep
    for (let panel = 0; panel < count; panel++, first += channels) {
      stepsOfParts.forEach((steps, part) => {
        for (let channel = 0; channel < channels; channel++) {
          const { from, count: elements } = weightsOf(first + channel, part)
          copy(from, elements, start + channel * elementsPerStep, stepLength)
        }
        start += steps * stepLength
      })
    }
  }
  return values
}

/** Copies consecutive elements, those of a step together, to where some stride of elements separates the steps. */
type StepCopier = (from: number, count: number, to: number, stride: number) => void

function stepCopier(values: Weights, weights: Weights, elementsPerStep: number): StepCopier {
  const single: StepCopier = (from, count, to, stride) => {
    for (let element = 0, at = to; element < count; at += stride) {
      const end = Math.min(count, element + elementsPerStep)
      for (let next = at; element < end; element++, next++) values[next] = weights[from + element]!
    }
  }
  const sameElements = values.BYTES_PER_ELEMENT === weights.BYTES_PER_ELEMENT
  const isOneNumber = elementsPerStep > 1 && elementsPerStep * values.BYTES_PER_ELEMENT === 4
  if (!sameElements || !isOneNumber || weights.byteOffset % 4 !== 0) return single
  // A step moves as one number, where it starts as such.
  const stepsOf = ({ buffer, byteOffset, byteLength }: Weights): Int32Array =>
    new Int32Array(buffer, byteOffset, byteLength >> 2)
  const [target, source] = [stepsOf(values), stepsOf(weights)]
  return (from, count, to, stride) => {
    if (from % elementsPerStep !== 0 || count % elementsPerStep !== 0) {
      single(from, count, to, stride)
      return
    }
    const end = (from + count) / elementsPerStep
    let at = to / elementsPerStep
    for (let step = from / elementsPerStep; step < end; step++, at += stride / elementsPerStep)
      target[at] = source[step]!
  }
}
