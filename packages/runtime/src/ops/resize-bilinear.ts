import {
  bilinearPositions,
  fixedPosition,
  floatPosition,
  resizeBilinearFloat32,
  resizeBilinearInteger,
  roundedPosition,
  wasm,
} from '@quantrx/kernels'
import type { Arithmetic, BilinearPositions } from '@quantrx/kernels'
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

/** Code for all types; for int16 where distances are coarse. */
function generate(
  context: OperatorContext<'RESIZE_BILINEAR'>,
  { share }: GenerateOptions,
): BoundKernel | undefined {
  const [input, output] = [inputAt(context, 0), outputAt(context)]
  const type = supports.find((each) => each === input.type)
  if (type === undefined || type !== output.type) return undefined
  checkOutputShape(context, output, resizedShape(context))
  if (output.data.length === 0) return undefined
  const { shape } = input
  const rule = positionRule(type, type === 'int16' ? 'tflite' : context.arithmetic)
  const positions = bilinearPositions(shape, resizeParameters(context), rule)
  const mix = mixOf(type, context.arithmetic, positions)
  return mix && { kernel: wasm.bilinearKernel(shape, positions, mix, share), inputs: [input], output }
}

type ResizedType = (typeof supports)[number]

function positionRule(type: ResizedType, arithmetic: Arithmetic) {
  if (type === 'float32') return floatPosition
  return arithmetic === 'xnnpack' ? roundedPosition : fixedPosition
}

function mixOf(type: ResizedType, arithmetic: Arithmetic, positions: BilinearPositions) {
  if (type === 'float32') return wasm.floatMix
  return type === 'int16' ? wasm.shortMix(positions) : wasm.integerMix(type, arithmetic, positions)
}
