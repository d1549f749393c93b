import { ShapeError, UnsupportedError, bytesPerElement, formatShape, sameShape } from '@quantrx/core'
import { concatenateBytes } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation, RuntimeTensor } from '../operator.ts'
import { bytesOf } from '../shared/bytes.ts'
import { inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'

const supports = ['any type, the same in all inputs and the output'] as const

/** CONCATENATION along a constant axis; integers must share one scale and zero point. */
export const concatenation: OperatorImplementation<'CONCATENATION'> = {
  kind: 'CONCATENATION',
  supports,
  prepare(context) {
    const inputs = context.inputs.map((_, at) => inputAt(context, at))
    const output = outputAt(context)
    if (inputs.some(({ type }) => type !== output.type)) throw unsupportedTypes(context, supports)
    refuseActivation(context)
    for (const input of inputs) refuseOtherScale(input, output)
    const run = concatenateBytes({
      inputShapes: inputs.map(({ shape }) => shape),
      axis: checkedAxis(context, inputs),
      bytesPerElement: bytesPerElement(output.type),
    })
    const [from, to] = [inputs.map(bytesOf), bytesOf(output)]
    return () => run(from, to)
  },
}

function refuseActivation({ options }: OperatorContext<'CONCATENATION'>): void {
  if (options.fusedActivationFunction === 'NONE') return
  throw new UnsupportedError({
    stage: 'runtime',
    subject: 'CONCATENATION',
    found: `fused activation ${options.fusedActivationFunction}`,
    expected: 'NONE',
  })
}

/** TensorFlow Lite copies int8 without rescaling, so different scales would change the values. */
function refuseOtherScale(input: RuntimeTensor, output: RuntimeTensor): void {
  const describe = ({ quantization }: RuntimeTensor): string =>
    quantization === undefined
      ? 'no scale'
      : `scale ${quantization.scales.join(', ')} and zero point ${quantization.zeroPoints.join(', ')}`
  if (describe(input) === describe(output)) return
  throw new UnsupportedError({
    stage: 'runtime',
    subject: `CONCATENATION, tensor ${input.name}`,
    found: describe(input),
    expected: `that of the output, ${describe(output)}`,
    nextStep: 'Requantize the inputs with QUANTIZE before they are joined',
  })
}

function checkedAxis(
  { options, outputs }: OperatorContext<'CONCATENATION'>,
  inputs: readonly RuntimeTensor[],
): number {
  const output = outputs[0]?.shape ?? []
  const axis = options.axis < 0 ? options.axis + output.length : options.axis
  const joined = inputs.reduce((total, { shape }) => total + (shape[axis] ?? 0), 0)
  const widened = inputs.map(({ shape }) => shape.map((size, at) => (at === axis ? joined : size)))
  if (axis >= 0 && axis < output.length && widened.every((shape) => sameShape(shape, output))) return axis
  throw new ShapeError({
    stage: 'runtime',
    subject: 'CONCATENATION',
    found: `shapes ${inputs.map(({ shape }) => formatShape(shape)).join(', ')} along axis ${options.axis}`,
    expected: `an axis of the output and shapes that join to ${formatShape(output)}`,
  })
}
