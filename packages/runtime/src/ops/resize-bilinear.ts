import {
  bilinearPositions,
  fixedPosition,
  floatPosition,
  resizeBilinearFloat32,
  resizeBilinearInteger,
  roundedPosition,
  wasm,
} from '@quantrx/kernels'
import type { BoundKernel, GenerateOptions, OperatorContext, OperatorImplementation } from '../operator.ts'
import { checkOutputShape } from '../shared/element-walk.ts'
import { dataAs, inputAt, integerData, outputAt, unsupportedTypes } from '../shared/operands.ts'
import { resizeParameters, resizedShape } from '../shared/resize.ts'

const supports = ['float32', 'int8', 'uint8', 'int16'] as const

/** RESIZE_BILINEAR of images to a constant size. */
export const resizeBilinear: OperatorImplementation<'RESIZE_BILINEAR'> = {
  kind: 'RESIZE_BILINEAR',
  supports,
  outputShapes: (context) => [resizedShape(context)],
  prepare(context) {
    const [input, output] = [inputAt(context, 0), outputAt(context)]
    if (input.type !== output.type || !supports.some((type) => type === input.type))
      throw unsupportedTypes(context, supports)
    const parameters = resizeParameters(context)
    const { shape } = input
    checkOutputShape(context, output, resizedShape(context))
    if (output.data.length === 0) return () => undefined
    if (input.type === 'float32') {
      const run = resizeBilinearFloat32(shape, parameters)
      const [from, to] = [dataAs(context, input, 'float32'), dataAs(context, output, 'float32')]
      return () => run(from, to)
    }
    const run = resizeBilinearInteger(
      input.type === 'int16' ? 'tflite' : context.arithmetic,
      shape,
      parameters,
    )
    const [from, to] = [integerData(context, input), integerData(context, output)]
    return () => run(from, to)
  },
  generate,
  divides: true,
}

/** Code for all types but int16. */
function generate(
  context: OperatorContext<'RESIZE_BILINEAR'>,
  { share }: GenerateOptions,
): BoundKernel | undefined {
  const [input, output] = [inputAt(context, 0), outputAt(context)]
  const { type, shape } = input
  if (type !== output.type || (type !== 'float32' && type !== 'int8' && type !== 'uint8')) return undefined
  checkOutputShape(context, output, resizedShape(context))
  if (output.data.length === 0) return undefined
  const integerRule = context.arithmetic === 'xnnpack' ? roundedPosition : fixedPosition
  const rule = type === 'float32' ? floatPosition : integerRule
  const positions = bilinearPositions(shape, resizeParameters(context), rule)
  const mix = type === 'float32' ? wasm.floatMix : wasm.integerMix(type, context.arithmetic, positions)
  return { kernel: wasm.bilinearKernel(shape, positions, mix, share), inputs: [input], output }
}
