import { constant, load, operation } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get, tee } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'

/** Where float32 values stand in memory; walking over them moves both on. */
export interface WalkedValues {
  readonly address: Local<'i32'>
  readonly count: Local<'i32'>
}

/**
 * Writes code for the next values.
 *
 * @param values four values; the same one four times where only one is left to take.
 * @param vector counts the vectors of one turn, from 0.
 * @param lanes how many of the four count.
 */
export type TakeValues = (values: Expression<'v128'>, vector: number, lanes: 1 | 4) => void

/** Walks over any number of values: some vectors a turn, then one value after the other. */
export function walkValues(
  f: FunctionBuilder,
  walked: WalkedValues,
  vectorsPerTurn: number,
  take: TakeValues,
): void {
  const { address } = walked
  eachTurn(f, walked, vectorsPerTurn * 4, () => {
    for (let vector = 0; vector < vectorsPerTurn; vector++) {
      take(load('v128.load', get(address), vector * 16), vector, 4)
    }
  })
  eachTurn(f, walked, 1, () => take(load('v128.load32_splat', get(address)), 0, 1))
}

/** Runs a body for as long as `size` values are left, and moves on by as many each time. */
function eachTurn(
  f: FunctionBuilder,
  { address, count }: WalkedValues,
  size: number,
  body: () => void,
): void {
  const enough = (left: Expression<'i32'>): Expression<'i32'> => operation('i32.ge_s', left, constant(size))
  f.when(enough(get(count)), () =>
    f.repeatWhile(
      () => enough(tee(count, operation('i32.sub', get(count), constant(size)))),
      () => {
        body()
        f.increase(address, size * 4)
      },
    ),
  )
}
