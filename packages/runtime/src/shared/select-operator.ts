import { bytesPerElement } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { broadcastPositions, broadcastShape, repeatedRows, selectElements, wasm } from '@quantrx/kernels'
import type { Elements } from '@quantrx/kernels'
import type { BuiltinOperator } from '@quantrx/tflite'
import type { OperatorContext, OperatorImplementation, RuntimeTensor } from '../operator.ts'
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
      const { condition, a, b, output, shapes } = operandsOf(context, conditionShape)
      const run = selectElements({
        condition: broadcastPositions(shapes.condition, output.shape),
        a: broadcastPositions(a.shape, output.shape),
        b: broadcastPositions(b.shape, output.shape),
      })
      const conditions = dataAs(context, condition, 'bool')
      const [first, second, to] = [a, b, output].map(({ data }) => data as Elements<number | bigint>)
      return () => run(conditions, first!, second!, to!)
    },
    divides: true,
    generate(context, { share }) {
      const { condition, a, b, output, shapes } = operandsOf(context, conditionShape)
      for (const shape of [shapes.condition, a.shape, b.shape]) repeatedRows(shape, output.shape)
      dataAs(context, condition, 'bool')
      const bytes = bytesPerElement(output.type)
      if (bytes !== 1 && bytes !== 4) return undefined
      return { kernel: wasm.selectKernel(bytes, shapes, share), inputs: [condition, a, b], output }
    },
  }
}

interface SelectOperands extends Readonly<Record<'condition' | 'a' | 'b' | 'output', RuntimeTensor>> {
  readonly shapes: wasm.SelectShapes
}

function operandsOf(
  context: OperatorContext,
  conditionShape: (condition: Shape, output: Shape) => Shape,
): SelectOperands {
  const [condition, a, b] = [inputAt(context, 0), inputAt(context, 1), inputAt(context, 2)]
  const output = outputAt(context)
  if (a.type !== output.type || b.type !== output.type) throw unsupportedTypes(context, supports)
  for (const value of [a, b]) refuseOtherScale(context, value, output)
  const shapes = {
    condition: conditionShape(condition.shape, output.shape),
    ...{ a: a.shape, b: b.shape, output: output.shape },
  }
  return { condition, a, b, output, shapes }
}
