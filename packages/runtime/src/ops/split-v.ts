import type { OperatorImplementation } from '../operator.ts'
import { anyType } from '../shared/element-walk.ts'
import { constantIntegers, inputAt } from '../shared/operands.ts'
import { constantInteger, prepareParts } from '../shared/parts.ts'

/** SPLIT_V into parts of constant sizes along a constant axis. */
export const splitV: OperatorImplementation<'SPLIT_V'> = {
  kind: 'SPLIT_V',
  supports: anyType,
  prepare: (context) =>
    prepareParts(context, {
      input: inputAt(context, 0),
      axis: constantInteger(context, inputAt(context, 2)),
      sizes: constantIntegers(context, inputAt(context, 1)),
    }),
}
