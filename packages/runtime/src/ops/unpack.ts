import { inputAt } from '../shared/operands.ts'
import { partsOperator } from '../shared/parts.ts'

/** UNPACK into the slices along an axis. */
export const unpack = partsOperator('UNPACK', (context) => ({
  input: inputAt(context, 0),
  axis: context.options.axis,
  sizes: context.outputs.map(() => 1),
  dropsAxis: true,
}))
