import { softmaxFloat32, softmaxInteger, wasm } from '@quantrx/kernels'
import type { SoftmaxFloat32Parameters, SoftmaxIntegerParameters } from '@quantrx/kernels'
import type { GenerateOptions, OperatorContext, OperatorImplementation } from '../operator.ts'
import { quantizedActivation } from '../shared/activation-types.ts'
import { checkFixedScale, unitInt16 } from '../shared/fixed-scale.ts'
import { dataAs, inputAt, integerData, outputAt, unsupportedTypes } from '../shared/operands.ts'
import { checkElementCount } from '../shared/unary.ts'

const supports = ['float32', 'int8', 'uint8', 'int8 to int16', 'int16'] as const

/** SOFTMAX over the last dimension. */
export const softmax: OperatorImplementation<'SOFTMAX'> = {
  kind: 'SOFTMAX',
  atHand: true,
  supports,
  prepare(context) {
    const [input, output] = [inputAt(context, 0), outputAt(context)]
    checkElementCount(context)
    if (input.type === 'float32') {
      const [from, to] = [dataAs(context, input, 'float32'), dataAs(context, output, 'float32')]
      const run = softmaxFloat32(floatSoftmax(context))
      return () => run(from, to)
    }
    const run = softmaxInteger(integerSoftmax(context))
    const [from, to] = [integerData(context, input), integerData(context, output)]
    return () => run(from, to)
  },
  generate(context, options) {
    const [input, output] = [inputAt(context, 0), outputAt(context)]
    checkElementCount(context)
    const kernel = softmaxKernel(context, options)
    return kernel && { kernel, inputs: [input], output }
  },
  divides: true,
}

type SoftmaxContext = OperatorContext<'SOFTMAX'>

function softmaxKernel(
  context: SoftmaxContext,
  { share }: GenerateOptions,
): wasm.GeneratedKernel | undefined {
  const input = inputAt(context, 0)
  const rows = input.data.length / Math.max(depthOf(context), 1)
  if (input.type === 'float32') {
    dataAs(context, outputAt(context), 'float32')
    return wasm.softmaxFloat32Kernel({ ...floatSoftmax(context), rows, share })
  }
  const { outputType, ...parameters } = integerSoftmax(context)
  if (outputType !== 'int16') return wasm.softmaxIntegerKernel({ ...parameters, outputType, rows, share })
  return input.type === 'int16' ? wasm.softmaxShortsKernel({ ...parameters, rows, share }) : undefined
}

const depthOf = (context: SoftmaxContext): number => inputAt(context, 0).shape.at(-1) ?? 1

function floatSoftmax(context: SoftmaxContext): SoftmaxFloat32Parameters {
  return { depth: depthOf(context), beta: context.options.beta }
}

function integerSoftmax(context: SoftmaxContext): SoftmaxIntegerParameters {
  const { type, scale: inputScale } = quantizedActivation(context, inputAt(context, 0), supports)
  const output = outputAt(context)
  const sameType = output.type === type
  if (!sameType && !(type === 'int8' && output.type === 'int16')) throw unsupportedTypes(context, supports)
  const outputType = output.type === 'int16' ? 'int16' : type
  const { arithmetic, options } = context
  if (type === 'int16') checkFixedScale(context, output, unitInt16)
  return { arithmetic, depth: depthOf(context), beta: options.beta, inputType: type, inputScale, outputType }
}
