import { ShapeError, formatShape } from '@quantrx/core'
import type { QuantizationParameters } from '@quantrx/core'
import { dequantizeFloat16, dequantizeInteger, wasm } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { bindUnary } from '../shared/generate-unary.ts'
import { dataAs, inputAt, integerData, outputAt, scaleOf, unsupportedTypes } from '../shared/operands.ts'
import { checkElementCount } from '../shared/unary.ts'

const supports = ['int8, uint8, int16, int32 or float16 to float32'] as const

/** DEQUANTIZE to float32, with one scale or one for each slice along an axis. */
export const dequantize: OperatorImplementation<'DEQUANTIZE'> = {
  kind: 'DEQUANTIZE',
  supports,
  prepare(context) {
    checkElementCount(context)
    const [input, output] = [inputAt(context, 0), outputAt(context)]
    if (output.type !== 'float32') throw unsupportedTypes(context, supports)
    const to = dataAs(context, output, 'float32')
    if (input.type === 'float16') {
      const from = dataAs(context, input, 'float16')
      return () => dequantizeFloat16(from, to)
    }
    if (input.quantization === undefined) throw unsupportedTypes(context, supports)
    const run = dequantizeInteger(input.shape, checkedQuantization(context))
    const from = integerData(context, input)
    return () => run(from, to)
  },
  divides: true,
  generate(context, { share }) {
    const { type, data, quantization } = inputAt(context, 0)
    if ((type !== 'int8' && type !== 'uint8' && type !== 'int16') || quantization?.scales.length !== 1)
      return undefined
    if (outputAt(context).type !== 'float32') throw unsupportedTypes(context, supports)
    checkElementCount(context)
    return bindUnary(
      context,
      wasm.dequantizeKernel(type, scaleOf(context, inputAt(context, 0)), data.length, share),
    )
  },
}

function checkedQuantization(context: OperatorContext<'DEQUANTIZE'>): QuantizationParameters {
  const input = inputAt(context, 0)
  const { scale, zeroPoint } = scaleOf(context, input)
  const { scales = [scale], zeroPoints = [zeroPoint], axis = 0 } = input.quantization ?? {}
  if (scales.length === 1 || scales.length === input.shape[axis]) return { scales, zeroPoints, axis }
  throw new ShapeError({
    stage: 'runtime',
    subject: `DEQUANTIZE, tensor ${input.name}`,
    found: `${scales.length} scales along dimension ${axis} of ${formatShape(input.shape)}`,
    expected: 'one scale, or one for each element of the dimension',
  })
}
