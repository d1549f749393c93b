import type { OperatorImplementation } from '../operator.ts'
import { checkOutputShape } from '../shared/element-walk.ts'
import { numbersOf } from '../shared/numbers.ts'
import { constantIntegers, inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'
import { refuseOtherScale } from '../shared/same-scale.ts'
import { shapeOperand } from '../shapes/given.ts'

const supports = ['any type, the same in value and output'] as const

/** FILL of a constant shape with one value. */
export const fill: OperatorImplementation<'FILL'> = {
  kind: 'FILL',
  supports,
  outputShapes: shapeOperand(0),
  prepare(context) {
    const [value, output] = [inputAt(context, 1), outputAt(context)]
    if (value.type !== output.type) throw unsupportedTypes(context, supports)
    refuseOtherScale(context, value, output)
    checkOutputShape(context, output, constantIntegers(context, inputAt(context, 0)))
    const [from, to] = [numbersOf<number>(value), numbersOf<number>(output)]
    return () => to.fill(from[0]!)
  },
}
