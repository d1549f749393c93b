import { inputAt } from '../shared/operands.ts'
import { constantInteger, partsOperator } from '../shared/parts.ts'

/** SPLIT into equal parts along a constant axis. */
export const split = partsOperator('SPLIT', (context) => {
  const [axis, input] = [constantInteger(context, inputAt(context, 0)), inputAt(context, 1)]
  const size = (input.shape.at(axis) ?? 0) / context.options.numSplits
  return { input, axis, sizes: context.outputs.map(() => size) }
})
