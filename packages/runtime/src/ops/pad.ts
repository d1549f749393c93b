import { bytesPerElement } from '@quantrx/core'
import { padBytes, wasm } from '@quantrx/kernels'
import type { PadParameters } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { bytesOf } from '../shared/bytes.ts'
import { inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'
import { constantPaddings, zeroByte } from '../shared/paddings.ts'
import { paddedShapes } from '../shapes/given.ts'

const supports = ['float32', 'int8', 'uint8', 'int16', 'int32', 'int64'] as const

/** PAD by constant amounts; the padding stands for the real number 0. */
export const pad: OperatorImplementation<'PAD'> = {
  kind: 'PAD',
  supports,
  outputShapes: paddedShapes,
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
    ...constantPaddings(context),
    inputShape: input.shape,
    bytesPerElement: bytesPerElement(input.type),
    fillByte: zeroByte(context, output),
  }
}
