import { load } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get, tee } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import type { Registers } from './registers.ts'
import type { TapVector } from './tap-groups.ts'
import type { TapWeights } from './tap-weights.ts'

/** The weights of some taps for four of the channels of a panel. */
export type WeightAt = (taps: TapVector, quad: number) => Expression<'v128'>

/** So many vectors are loaded once for all tiles of a row, which V8 of Node 20 rewards; more of them for each tile anew. */
const largestHoist = 16

/**
 * Access to packed weights.
 *
 * @param moves true when the pointer moves between tiles.
 * @returns makes the access for the code of one tile.
 */
export function weightVectors(
  f: FunctionBuilder,
  { vector }: Registers,
  { vectors, indexOf }: TapWeights,
  quads: number,
  pointer: Local<'i32'>,
  moves: boolean,
): () => WeightAt {
  const locals = Array.from({ length: vectors.length * quads }, (_, index) => vector(`weights ${index}`))
  const at = (taps: TapVector, quad: number): number => indexOf(taps) * quads + quad
  const read = (index: number): Expression<'v128'> => load('v128.load', get(pointer), index * 16)
  if (!moves && locals.length <= largestHoist) {
    locals.forEach((local, index) => f.set(local, read(index)))
    return () => (taps, quad) => get(locals[at(taps, quad)]!)
  }
  return () => {
    const loaded = new Set<number>()
    return (taps, quad) => {
      const index = at(taps, quad)
      if (loaded.has(index)) return get(locals[index]!)
      loaded.add(index)
      return tee(locals[index]!, read(index))
    }
  }
}
