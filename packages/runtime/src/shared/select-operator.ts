import type { Shape } from '@quantrx/core'
import { broadcastPositions, broadcastShape, selectElements } from '@quantrx/kernels'
import type { Elements } from '@quantrx/kernels'
import type { BuiltinOperator } from '@quantrx/tflite'
import type { OperatorImplementation } from '../operator.ts'
import { dataAs, inputAt, outputAt, unsupportedTypes } from './operands.ts'
import { refuseOtherScale } from './same-scale.ts'

const supports = ['bool, and any type, the same in both values and the output'] as const

/**
 * An operator that takes each element from one of two tensors.
 *
 * @param conditionShape how the condition is to be read, given its shape and that of the output.
 */
export function selectOperator<Kind extends BuiltinOperator>(
  kind: Kind,
  conditionShape: (condition: Shape, output: Shape) => Shape,
): OperatorImplementation<Kind> {
  return {
    kind,
    supports,
    outputShapes(context) {
      const [condition, a, b] = [0, 1, 2].map((at) => inputAt(context, at).shape)
      const values = broadcastShape(a!, b!)
      return [broadcastShape(conditionShape(condition!, values), values)]
    },
    prepare(context) {
      const [condition, a, b] = [inputAt(context, 0), inputAt(context, 1), inputAt(context, 2)]
      const output = outputAt(context)
      if (a.type !== output.type || b.type !== output.type) throw unsupportedTypes(context, supports)
      for (const value of [a, b]) refuseOtherScale(context, value, output)
      const run = selectElements({
        condition: broadcastPositions(conditionShape(condition.shape, output.shape), output.shape),
        a: broadcastPositions(a.shape, output.shape),
        b: broadcastPositions(b.shape, output.shape),
      })
      const conditions = dataAs(context, condition, 'bool')
      const [first, second, to] = [a, b, output].map(({ data }) => data as Elements<number | bigint>)
      return () => run(conditions, first!, second!, to!)
    },
  }
}
