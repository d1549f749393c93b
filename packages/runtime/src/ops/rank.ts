import type { OperatorImplementation } from '../operator.ts'
import { checkOutputShape } from '../shared/element-walk.ts'
import { inputAt, outputAt } from '../shared/operands.ts'
import { prepareConstant } from '../shared/constant-output.ts'

/** RANK, the number of dimensions of a tensor. */
export const rank: OperatorImplementation<'RANK'> = {
  kind: 'RANK',
  supports: ['any type to int32'],
  outputShapes: () => [[]],
  shapesOnly: true,
  prepare(context) {
    checkOutputShape(context, outputAt(context), [])
    return prepareConstant(context, [inputAt(context, 0).shape.length])
  },
}
