import { ShapeError, formatShape, sameShape } from '@quantrx/core'
import { addNElements } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation, RuntimeTensor } from '../operator.ts'
import { dataAs, inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'

const supports = ['float32', 'int32'] as const

/** ADD_N, the sum of any number of tensors of one shape. */
export const addN: OperatorImplementation<'ADD_N'> = {
  kind: 'ADD_N',
  supports,
  prepare(context) {
    const output = outputAt(context)
    const inputs = context.inputs.map((_, at) => checkedInput(context, at, output))
    if (output.type === 'int32') {
      const [from, to] = [
        inputs.map((input) => dataAs(context, input, 'int32')),
        dataAs(context, output, 'int32'),
      ]
      return () => addNElements(from, to)
    }
    if (output.type !== 'float32') throw unsupportedTypes(context, supports)
    const [from, to] = [
      inputs.map((input) => dataAs(context, input, 'float32')),
      dataAs(context, output, 'float32'),
    ]
    return () => addNElements(from, to)
  },
}

function checkedInput(context: OperatorContext, at: number, output: RuntimeTensor): RuntimeTensor {
  const input = inputAt(context, at)
  if (sameShape(input.shape, output.shape)) return input
  throw new ShapeError({
    stage: 'runtime',
    subject: `ADD_N, tensor ${input.name}`,
    found: `shape ${formatShape(input.shape)}`,
    expected: `that of the output, ${formatShape(output.shape)}`,
  })
}
