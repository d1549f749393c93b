import { ShapeError, UnsupportedError, bytesPerElement, formatShape, sameShape } from '@quantrx/core'
import { concatenateBytes, wasm } from '@quantrx/kernels'
import type { ConcatenationParameters } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation, RuntimeTensor } from '../operator.ts'
import { bytesOf } from '../shared/bytes.ts'
import { inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'
import { refuseOtherScale } from '../shared/same-scale.ts'
import { concatenatedShapes } from '../shapes/parts.ts'

const supports = ['any type, the same in all inputs and the output'] as const

/** CONCATENATION along a constant axis; integers must share one scale and zero point. */
export const concatenation: OperatorImplementation<'CONCATENATION'> = {
  kind: 'CONCATENATION',
  supports,
  outputShapes: concatenatedShapes,
  prepare(context) {
    const run = concatenateBytes(concatenationParameters(context))
    const [from, to] = [inputsOf(context).map(bytesOf), bytesOf(outputAt(context))]
    return () => run(from, to)
  },
  generate: (context, { share }) => ({
    kernel: wasm.concatenationKernel(concatenationParameters(context), share),
    inputs: inputsOf(context),
    output: outputAt(context),
  }),
  divides: true,
}

type ConcatenationContext = OperatorContext<'CONCATENATION'>

const inputsOf = (context: ConcatenationContext): readonly RuntimeTensor[] =>
  context.inputs.map((_, at) => inputAt(context, at))

function concatenationParameters(context: ConcatenationContext): ConcatenationParameters {
  const inputs = inputsOf(context)
  const output = outputAt(context)
  if (inputs.some(({ type }) => type !== output.type)) throw unsupportedTypes(context, supports)
  refuseActivation(context)
  for (const input of inputs) refuseOtherScale(context, input, output)
  return {
    inputShapes: inputs.map(({ shape }) => shape),
    axis: checkedAxis(context, inputs),
    bytesPerElement: bytesPerElement(output.type),
  }
}

function refuseActivation({ options }: ConcatenationContext): void {
  if (options.fusedActivationFunction === 'NONE') return
  throw new UnsupportedError({
    stage: 'runtime',
    subject: 'CONCATENATION',
    found: `fused activation ${options.fusedActivationFunction}`,
    expected: 'NONE',
  })
}

function checkedAxis({ options, outputs }: ConcatenationContext, inputs: readonly RuntimeTensor[]): number {
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
