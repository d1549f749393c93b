import { integerLimits } from '@quantrx/core'
import { logSoftmaxFloat32, logSoftmaxInteger, logSoftmaxOutputScale, wasm } from '@quantrx/kernels'
import type { LogSoftmaxIntegerParameters } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { quantizedActivation } from '../shared/activation-types.ts'
import { checkFixedScale } from '../shared/fixed-scale.ts'
import { bindUnary } from '../shared/generate-unary.ts'
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
    if (input.type === 'float32') {
      const run = logSoftmaxFloat32(depthOf(context))
      const [from, to] = [dataAs(context, input, 'float32'), dataAs(context, output, 'float32')]
      return () => run(from, to)
    }
    const run = logSoftmaxInteger(integerLogSoftmax(context))
    const [from, to] = [integerData(context, input), integerData(context, output)]
    return () => run(from, to)
  },
  divides: true,
  generate(context, { share }) {
    checkUnary(context, supports)
    const { type, data } = inputAt(context, 0)
    const depth = depthOf(context)
    const rows = data.length / Math.max(depth, 1)
    const kernel =
      type === 'float32'
        ? wasm.logSoftmaxFloat32Kernel(depth, rows, share)
        : wasm.logSoftmaxIntegerKernel({ ...integerLogSoftmax(context), rows }, share)
    return bindUnary(context, kernel)
  },
}

type LogSoftmaxContext = OperatorContext<'LOG_SOFTMAX'>

const depthOf = (context: LogSoftmaxContext): number => inputAt(context, 0).shape.at(-1) ?? 1

function integerLogSoftmax(context: LogSoftmaxContext): LogSoftmaxIntegerParameters {
  const { type, scale: inputScale } = quantizedActivation(context, inputAt(context, 0), supports)
  if (type === 'int16') throw unsupportedTypes(context, supports)
  const fixed = { scale: logSoftmaxOutputScale, zeroPoint: integerLimits[type].max }
  checkFixedScale(context, outputAt(context), fixed)
  return { arithmetic: context.arithmetic, depth: depthOf(context), inputScale, type }
}
