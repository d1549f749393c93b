import { constantIntegers, inputAt } from '../shared/operands.ts'
import { constantInteger, partsOperator } from '../shared/parts.ts'

/** SPLIT_V into parts of constant sizes along a constant axis. */
export const splitV = partsOperator('SPLIT_V', (context) => ({
  input: inputAt(context, 0),
  axis: constantInteger(context, inputAt(context, 2)),
  sizes: constantIntegers(context, inputAt(context, 1)),
}))
