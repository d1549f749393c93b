import type { OperatorImplementation } from '../operator.ts'
import { anyType } from '../shared/element-walk.ts'
import { inputAt } from '../shared/operands.ts'
import { constantInteger, prepareParts } from '../shared/parts.ts'

/** SPLIT into equal parts along a constant axis. */
export const split: OperatorImplementation<'SPLIT'> = {
  kind: 'SPLIT',
  supports: anyType,
  prepare(context) {
    const [axis, input] = [constantInteger(context, inputAt(context, 0)), inputAt(context, 1)]
    const { numSplits } = context.options
    const size = (input.shape.at(axis) ?? 0) / numSplits
    return prepareParts(context, { input, axis, sizes: context.outputs.map(() => size) })
  },
}
