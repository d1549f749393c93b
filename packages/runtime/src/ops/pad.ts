import { ShapeError, bytesPerElement, formatShape, sameShape } from '@quantrx/core'
import { padBytes, wasm } from '@quantrx/kernels'
import type { PadParameters } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { bytesOf } from '../shared/bytes.ts'
import { constantIntegers, inputAt, outputAt, scaleOf, unsupportedTypes } from '../shared/operands.ts'

const supports = ['float32', 'int8', 'uint8', 'int16', 'int32', 'int64'] as const

/** PAD by constant amounts; the padding stands for the real number 0. */
export const pad: OperatorImplementation<'PAD'> = {
  kind: 'PAD',
  supports,
  prepare(context) {
    const run = padBytes(padParameters(context))
    const [from, to] = [bytesOf(inputAt(context, 0)), bytesOf(outputAt(context))]
    return () => run(from, to)
  },
  generate: (context, { share }) => ({
    kernel: wasm.padKernel(padParameters(context), share),
    inputs: [inputAt(context, 0)],
    output: outputAt(context),
  }),
  divides: true,
}

function padParameters(context: OperatorContext<'PAD'>): PadParameters {
  const [input, output] = [inputAt(context, 0), outputAt(context)]
  if (input.type !== output.type || !supports.some((type) => type === input.type)) {
    throw unsupportedTypes(context, supports)
  }
  return {
    ...paddings(context),
    inputShape: input.shape,
    bytesPerElement: bytesPerElement(input.type),
    fillByte: zeroByte(context),
  }
}

function paddings(context: OperatorContext<'PAD'>): Record<'before' | 'after', readonly number[]> {
  const { shape } = inputAt(context, 0)
  const amounts = constantIntegers(context, inputAt(context, 1))
  const before = shape.map((_, axis) => amounts[2 * axis] ?? -1)
  const after = shape.map((_, axis) => amounts[2 * axis + 1] ?? -1)
  const padded = shape.map((size, axis) => before[axis]! + size + after[axis]!)
  const output = outputAt(context).shape
  const fits = amounts.length === 2 * shape.length && amounts.every((amount) => amount >= 0)
  if (fits && sameShape(padded, output)) return { before, after }
  throw new ShapeError({
    stage: 'runtime',
    subject: 'PAD',
    found: `paddings ${formatShape(amounts)} from ${formatShape(shape)} to ${formatShape(output)}`,
    expected: 'two amounts of 0 or more for each dimension, which lead to the output shape',
  })
}

/** Types wider than a byte have no zero point other than 0. */
function zeroByte(context: OperatorContext<'PAD'>): number {
  const output = outputAt(context)
  const quantized = output.quantization !== undefined && (output.type === 'int8' || output.type === 'uint8')
  return quantized ? scaleOf(context, output).zeroPoint & 0xff : 0
}
