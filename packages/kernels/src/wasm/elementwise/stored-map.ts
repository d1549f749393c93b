import { integerLimits } from '@quantrx/core'
import type { StoredFunction } from '../../shared/integer-tensor.ts'
import type { GeneratedKernel } from '../kernel.ts'
import type { Share } from '../share.ts'
import { byteTableOperator } from './byte-table.ts'
import type { ByteType } from './bytes.ts'
import { elementwiseKernel } from './elementwise-kernel.ts'
import { planeOperator } from './plane-operator.ts'
import { shiftedBytesOperator } from './shifted-bytes.ts'
import { lineOfTable } from './table-line.ts'
import { unaryWalk } from './walk.ts'

/** A function of one stored 8-bit integer, by its results. */
export interface StoredTable {
  readonly inputType: ByteType
  readonly outputType: ByteType
  /** For the values of the input type in ascending order. */
  readonly outputs: readonly number[]
}

/**
 * Applies a function to `elements` stored 8-bit integers. It is evaluated once for each of the 256 values; what it computes
 * decides how: shifted and clamped, along a line, or looked up.
 */
export function storedMapKernel(
  inputType: ByteType,
  outputType: ByteType,
  evaluate: StoredFunction,
  elements: number,
  share?: Share,
): GeneratedKernel {
  const { min } = integerLimits[inputType]
  const outputs = Array.from({ length: 256 }, (_, index) => evaluate(min + index))
  const table = { inputType, outputType, outputs }
  const operator = shiftedBytesOperator(table) ?? lineOperator(table) ?? byteTableOperator(table)
  return elementwiseKernel(operator, unaryWalk(elements), share)
}

function lineOperator({ inputType, outputType, outputs }: StoredTable) {
  const plane = lineOfTable(outputs)
  const range = { min: Math.min(...outputs), max: Math.max(...outputs) }
  return plane && planeOperator(plane, { inputType, outputType, range })
}
