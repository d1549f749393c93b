import { ShapeError, bytesPerElement, formatShape, sameShape } from '@quantrx/core'
import { concatenateBytes, normalizeAxis, wasm } from '@quantrx/kernels'
import type { ConcatenationParameters } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation, RuntimeTensor } from '../operator.ts'
import { bytesOf } from '../shared/bytes.ts'
import { checkOutputShape } from '../shared/element-walk.ts'
import { inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'
import { refuseOtherScale } from '../shared/same-scale.ts'
import { packedShapes } from '../shapes/parts.ts'

const supports = ['any type, the same in all inputs and the output'] as const

/** PACK: tensors of one shape joined along a new dimension. */
export const pack: OperatorImplementation<'PACK'> = {
  kind: 'PACK',
  supports,
  outputShapes: packedShapes,
  prepare(context) {
    const run = concatenateBytes(packParameters(context))
    const [from, to] = [inputsOf(context).map(bytesOf), bytesOf(outputAt(context))]
    return () => run(from, to)
  },
  generate: (context, { share }) => ({
    kernel: wasm.concatenationKernel(packParameters(context), share),
    inputs: inputsOf(context),
    output: outputAt(context),
  }),
  divides: true,
}

type PackContext = OperatorContext<'PACK'>

const inputsOf = (context: PackContext): readonly RuntimeTensor[] =>
  context.inputs.map((_, at) => inputAt(context, at))

/** A tensor with one more dimension, of size 1, along which it is concatenated. */
function packParameters(context: PackContext): ConcatenationParameters {
  const [inputs, output] = [inputsOf(context), outputAt(context)]
  const { shape } = inputAt(context, 0)
  if (inputs.some(({ type }) => type !== output.type)) throw unsupportedTypes(context, supports)
  for (const input of inputs) refuseOtherScale(context, input, output)
  const other = inputs.find((input) => !sameShape(input.shape, shape))
  if (other !== undefined) {
    throw new ShapeError({
      stage: 'runtime',
      subject: `PACK, tensor ${other.name}`,
      found: formatShape(other.shape),
      expected: `${formatShape(shape)}, the shape of the first`,
    })
  }
  const axis = normalizeAxis('PACK', [...shape, 1], context.options.axis)
  checkOutputShape(context, output, [...shape.slice(0, axis), inputs.length, ...shape.slice(axis)])
  const widened = [...shape.slice(0, axis), 1, ...shape.slice(axis)]
  return { inputShapes: inputs.map(() => widened), axis, bytesPerElement: bytesPerElement(output.type) }
}
