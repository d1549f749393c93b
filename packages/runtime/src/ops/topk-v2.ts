import { ShapeError, formatShape } from '@quantrx/core'
import { topValues } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { checkOutputShape } from '../shared/element-walk.ts'
import { numbersOf } from '../shared/numbers.ts'
import { dataAs, inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'
import { constantInteger } from '../shared/parts.ts'
import { comparedTypes } from '../shared/reduction.ts'
import { refuseOtherScale } from '../shared/same-scale.ts'

/** TOPK_V2 of a constant number of values along the last dimension, with their positions in int32. */
export const topkV2: OperatorImplementation<'TOPK_V2'> = {
  kind: 'TOPK_V2',
  supports: comparedTypes,
  outputShapes: (context) => {
    const shape = [...inputAt(context, 0).shape.slice(0, -1), constantInteger(context, inputAt(context, 1))]
    return [shape, shape]
  },
  prepare(context) {
    const [input, values, positions] = [inputAt(context, 0), outputAt(context), outputAt(context, 1)]
    if (values.type !== input.type || !comparedTypes.some((type) => type === input.type))
      throw unsupportedTypes(context, comparedTypes)
    refuseOtherScale(context, input, values)
    const count = constantInteger(context, inputAt(context, 1))
    const rowLength = input.shape.at(-1) ?? -1
    if (count < 0 || count > rowLength) {
      throw new ShapeError({
        stage: 'runtime',
        subject: 'TOPK_V2',
        found: `${count} values of ${formatShape(input.shape)}`,
        expected: 'no more than the last dimension has',
      })
    }
    const shape = [...input.shape.slice(0, -1), count]
    for (const output of [values, positions]) checkOutputShape(context, output, shape)
    const run = topValues(rowLength, count)
    const [from, best] = [numbersOf<number>(input), numbersOf<number>(values)]
    const at = dataAs(context, positions, 'int32')
    return () => run(from, best, at)
  },
}
