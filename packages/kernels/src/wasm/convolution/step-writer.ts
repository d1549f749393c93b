import { load } from '../assembler/expression.ts'
import type { Expression, Statement } from '../assembler/expression.ts'
import { assignment, get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import type { InnerLoop } from '../inner-loop.ts'

/** The vectors of a tile. */
export interface TileVectors {
  readonly sums: readonly (readonly Local<'v128'>[])[]
  /** For each position, bytes from the input of the first one to its own. */
  readonly inputOffsets: readonly number[]
  /** Of each vector of channels and each position, or one of them for all: the other is what there is less of. */
  readonly weights: readonly Local<'v128'>[]
  readonly inputs: readonly Local<'v128'>[]
}

/** Writes the code for one step, its weights from an address and an offset in bytes. */
export type EmitStep = (weightsFrom: Local<'i32'>, weightsOffset: number) => void

/** All steps of a tile are the same code but for where their weights are, so that most of it is made once. */
export function stepWriter(
  f: FunctionBuilder,
  inner: InnerLoop,
  { sums, inputOffsets, weights, inputs }: TileVectors,
  from: Local<'i32'>,
): EmitStep {
  const inputOf = (position: number): Local<'v128'> => inputs[position % inputs.length]!
  const loadInput = (position: number): Statement =>
    assignment(inputOf(position), load('v128.load32_splat', get(from), inputOffsets[position]!))
  const product = (position: number, quad: number, weight: Expression<'v128'>): Statement => {
    const sum = sums[position]![quad]!
    return assignment(sum, inner.accumulate(get(sum), get(inputOf(position)), weight))
  }
  const [positions, quads] = [[...sums.keys()], [...sums[0]!.keys()]]
  if (positions.length < quads.length) {
    const [loadInputs, weight] = [joined(positions.map(loadInput)), weights[0]!]
    return (weightsFrom, offset) => {
      f.emit(loadInputs)
      for (const quad of quads) {
        const loaded = load('v128.load', get(weightsFrom), offset + quad * 16)
        // Weights that are used once need no register of their own.
        if (positions.length > 1) f.set(weight, loaded)
        const used = positions.length > 1 ? get(weight) : loaded
        for (const position of positions) f.emit(product(position, quad, used))
      }
    }
  }
  const ofPosition = (position: number): readonly Statement[] => [
    loadInput(position),
    ...quads.map((quad) => product(position, quad, get(weights[quad]!))),
  ]
  const products = joined(positions.flatMap(ofPosition))
  return (weightsFrom, offset) => {
    for (const quad of quads) f.set(weights[quad]!, load('v128.load', get(weightsFrom), offset + quad * 16))
    f.emit(products)
  }
}

const joined = (statements: readonly Statement[]): Statement => statements.join('') as Statement
