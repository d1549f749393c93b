import { constant, load, store } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder } from '../assembler/function-builder.ts'
import type { DepthwisePlan } from './depthwise-code.ts'
import { interleave } from './interleave.ts'
import type { Tap, TapVector } from './tap-groups.ts'
import { partOrigins } from './window-parts.ts'

/** The taps of a part of the window as vectors of one tap: packed as these, weights are no more than those of the filter. */
export function singleTaps({ parts }: Pick<DepthwisePlan, 'parts'>): readonly TapVector[] {
  const { filterHeight, filterWidth } = parts.window
  return Array.from({ length: filterHeight * filterWidth }, (_, tap) => [
    { row: Math.floor(tap / filterWidth), column: tap % filterWidth },
  ])
}

/** Bytes of all vectors of weights. */
export function vectorBytes({ weights, parts, panels }: DepthwisePlan): number {
  const channels = panels.reduce((sum, { size, count }) => sum + size * count, 0)
  return partOrigins(parts).length * weights.vectors.length * channels * 4
}

/** Writes the code that makes the vectors of weights from single taps. */
export function emitTapVectors(f: FunctionBuilder, plan: DepthwisePlan, from: number, to: number): void {
  const { weights, parts, panels, inner } = plan
  const { filterHeight, filterWidth } = parts.window
  const elementBytes = inner.elementsPerStep === 2 ? 2 : 1
  const [source, target, none] = [f.local('i32'), f.local('i32'), f.local('v128')]
  f.set(source, constant(from))
  f.set(target, constant(to))
  for (const { size, count } of panels) {
    const weightsOf = (tap: Tap | undefined, quad: number): Expression<'v128'> => {
      if (tap === undefined) return get(none)
      const offset = ((tap.row * filterWidth + tap.column) * size + quad * 4) * elementBytes
      return load(elementBytes === 2 ? 'v128.load64_zero' : 'v128.load32_zero', get(source), offset)
    }
    f.repeat(count * partOrigins(parts).length, () => {
      weights.vectors.forEach((taps, index) => {
        for (let quad = 0; quad < size / 4; quad++) {
          const elements = taps.map((tap) => weightsOf(tap, quad))
          const offset = (index * (size / 4) + quad) * 16
          f.emit(store('v128.store', get(target), interleaveAll(elements, elementBytes), offset))
        }
      })
      f.increase(source, filterHeight * filterWidth * size * elementBytes)
      f.increase(target, weights.vectors.length * size * 4)
    })
  }
}

/** Interleaves the lower elements of two or four vectors. */
function interleaveAll(vectors: readonly Expression<'v128'>[], bytes: 1 | 2): Expression<'v128'> {
  const [first, second, ...others] = vectors
  const pair = interleave(first!, second!, 'low', bytes)
  return others.length === 0 ? pair : interleave(pair, interleaveAll(others, bytes), 'low', 2)
}
