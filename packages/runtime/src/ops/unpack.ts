import type { OperatorImplementation } from '../operator.ts'
import { anyType } from '../shared/element-walk.ts'
import { inputAt } from '../shared/operands.ts'
import { prepareParts } from '../shared/parts.ts'

/** UNPACK into the slices along an axis. */
export const unpack: OperatorImplementation<'UNPACK'> = {
  kind: 'UNPACK',
  supports: anyType,
  prepare: (context) =>
    prepareParts(context, {
      input: inputAt(context, 0),
      axis: context.options.axis,
      sizes: context.outputs.map(() => 1),
      dropsAxis: true,
    }),
}
