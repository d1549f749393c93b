import { broadcastRows } from '../../shared/broadcast.ts'
import type { BroadcastRows } from '../../shared/broadcast.ts'
import { constant, load, operation, store } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { GeneratedKernel } from '../kernel.ts'
import type { Share } from '../share.ts'
import type { ByteArray, ByteType } from './bytes.ts'
import { elementwiseKernel } from './elementwise-kernel.ts'
import type { ElementwiseOperator } from './operator.ts'
import { broadcastWalk } from './walk.ts'

/** Computes outputs of the type of both operands from pairs that are walked as the rows say. */
export type PairReference = (rows: BroadcastRows) => (a: ByteArray, b: ByteArray, output: ByteArray) => void

/**
 * Any operator on pairs of 8-bit integers: its results for all 65,536 pairs are computed once and looked up one by one. For
 * operators that take far longer than that, since the table fills most of a first cache.
 */
export function pairTableKernel(
  type: ByteType,
  reference: PairReference,
  rows: BroadcastRows,
  share?: Share,
): GeneratedKernel {
  const ByteElements = type === 'int8' ? Int8Array : Uint8Array
  // In the order of bit patterns, as which bytes are looked up.
  const all = new ByteElements(Uint8Array.from({ length: 256 }, (_, pattern) => pattern).buffer)
  const table = new ByteElements(65536)
  reference(broadcastRows([256, 1], [256]))(all, all, table)
  return elementwiseKernel(lookUpPairs(type, table), broadcastWalk(rows), share)
}

function lookUpPairs(name: string, table: ByteArray): ElementwiseOperator {
  return {
    ...{ name, operandBytes: 1, outputBytes: 1, blockElements: 16, scratchBytes: 0 },
    constants: [table],
    begin:
      (f, { constants: [at = 0] }) =>
      ({ operands: [a, b], output, elements }) => {
        for (let element = 0; element < elements; element++) {
          const row = operation('i32.shl', a!.byte(element), constant(8))
          const result = load('i32.load8_u', operation('i32.or', row, b!.byte(element)), at)
          f.emit(store('i32.store8', get(output), result, element))
        }
      },
  }
}
