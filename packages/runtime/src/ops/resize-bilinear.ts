import { resizeBilinearFloat32, resizeBilinearInteger } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
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
}
