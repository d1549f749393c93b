import { softmaxFloat32, softmaxInteger } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { quantizedActivation } from '../shared/activation-types.ts'
import { dataAs, inputAt, integerData, outputAt, unsupportedTypes } from '../shared/operands.ts'
import { checkElementCount } from '../shared/unary.ts'

const supports = ['float32', 'int8', 'uint8', 'int8 to int16'] as const

/** SOFTMAX over the last dimension. */
export const softmax: OperatorImplementation<'SOFTMAX'> = {
  kind: 'SOFTMAX',
  supports,
  prepare(context) {
    const [input, output] = [inputAt(context, 0), outputAt(context)]
    const { arithmetic } = context
    const { beta } = context.options
    const depth = input.shape.at(-1) ?? 1
    checkElementCount(context)
    if (input.type === 'float32') {
      const [from, to] = [dataAs(context, input, 'float32'), dataAs(context, output, 'float32')]
      const run = softmaxFloat32({ depth, beta })
      return () => run(from, to)
    }
    const { type, scale: inputScale } = quantizedActivation(context, input, supports)
    const sameType = output.type === type && type !== 'int16'
    if (!sameType && !(type === 'int8' && output.type === 'int16')) throw unsupportedTypes(context, supports)
    const outputType = output.type === 'int16' ? 'int16' : type
    const run = softmaxInteger({ arithmetic, depth, beta, inputScale, outputType })
    const [from, to] = [integerData(context, input), integerData(context, output)]
    return () => run(from, to)
  },
}
