import type { OperatorImplementation } from '../operator.ts'
import { checkOutputShape } from '../shared/element-walk.ts'
import { inputAt, outputAt } from '../shared/operands.ts'
import { prepareConstant } from '../shared/constant-output.ts'

/** SHAPE of a tensor, which is known before it runs. */
export const shape: OperatorImplementation<'SHAPE'> = {
  kind: 'SHAPE',
  supports: ['any type to int32 or int64'],
  outputShapes: (context) => [[inputAt(context, 0).shape.length]],
  shapesOnly: true,
  prepare(context) {
    const input = inputAt(context, 0)
    checkOutputShape(context, outputAt(context), [input.shape.length])
    return prepareConstant(context, input.shape)
  },
}
