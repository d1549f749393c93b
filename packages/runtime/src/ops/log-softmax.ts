import { integerLimits } from '@quantrx/core'
import { logSoftmaxFloat32, logSoftmaxInteger, logSoftmaxOutputScale } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { quantizedActivation } from '../shared/activation-types.ts'
import { checkFixedScale } from '../shared/fixed-scale.ts'
import { dataAs, inputAt, integerData, outputAt, unsupportedTypes } from '../shared/operands.ts'
import { checkUnary } from '../shared/unary.ts'

const supports = ['float32', 'int8', 'uint8'] as const

/** LOG_SOFTMAX over the last dimension; integers give 16ths from -16 to 0. */
export const logSoftmax: OperatorImplementation<'LOG_SOFTMAX'> = {
  kind: 'LOG_SOFTMAX',
  supports,
  prepare(context) {
    checkUnary(context, supports)
    const [input, output] = [inputAt(context, 0), outputAt(context)]
    const depth = input.shape.at(-1) ?? 1
    if (input.type === 'float32') {
      const run = logSoftmaxFloat32(depth)
      const [from, to] = [dataAs(context, input, 'float32'), dataAs(context, output, 'float32')]
      return () => run(from, to)
    }
    const { type, scale: inputScale } = quantizedActivation(context, input, supports)
    if (type === 'int16') throw unsupportedTypes(context, supports)
    checkFixedScale(context, output, { scale: logSoftmaxOutputScale, zeroPoint: integerLimits[type].max })
    const run = logSoftmaxInteger({ arithmetic: context.arithmetic, depth, inputScale, type })
    const [from, to] = [integerData(context, input), integerData(context, output)]
    return () => run(from, to)
  },
}
