import { quantizeFloat32, requantizeRescale, requantizeStored, wasm } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { quantizedActivation } from '../shared/activation-types.ts'
import { bindUnary, generateStored, rescaledShorts } from '../shared/generate-unary.ts'
import { dataAs, inputAt, integerData, outputAt } from '../shared/operands.ts'
import { checkElementCount, prepareStored } from '../shared/unary.ts'

const supports = ['float32, int8, uint8 or int16 to int8, uint8 or int16'] as const

const integers = { stored: requantizeStored, shorts: rescaledShorts(requantizeRescale) }

/** QUANTIZE from float32, or from one quantization to another. */
export const quantize: OperatorImplementation<'QUANTIZE'> = {
  kind: 'QUANTIZE',
  supports,
  prepare(context) {
    checkElementCount(context)
    const [input, output] = [inputAt(context, 0), outputAt(context)]
    if (input.type !== 'float32') return prepareStored(context, supports, requantizeStored)
    const { type: outputType, scale, zeroPoint } = quantizedActivation(context, output, supports)
    const run = quantizeFloat32({ arithmetic: context.arithmetic, outputType, scale, zeroPoint })
    const [from, to] = [dataAs(context, input, 'float32'), integerData(context, output)]
    return () => run(from, to)
  },
  divides: true,
  generate(context, options) {
    checkElementCount(context)
    const [input, output] = [inputAt(context, 0), outputAt(context)]
    if (input.type !== 'float32') return generateStored(context, options, supports, integers)
    const { type: outputType, scale, zeroPoint } = quantizedActivation(context, output, supports)
    const parameters = { arithmetic: context.arithmetic, outputType, scale, zeroPoint }
    return bindUnary(context, wasm.quantizeKernel(parameters, input.data.length, options.share))
  },
}
