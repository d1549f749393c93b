import { bytesPerElement } from '@quantrx/core'
import { placeBytes, wasm } from '@quantrx/kernels'
import type { PadParameters } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { bytesOf } from '../shared/bytes.ts'
import { numbersOf } from '../shared/numbers.ts'
import { inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'
import { constantPaddings } from '../shared/paddings.ts'
import { refuseOtherScale } from '../shared/same-scale.ts'
import { paddedShapes } from '../shapes/given.ts'

const supports = ['any type, the same in input, padding value and output'] as const

/** PADV2 by constant amounts, with the one value of its third operand, which is quantized like the output. */
export const padv2: OperatorImplementation<'PADV2'> = {
  kind: 'PADV2',
  supports,
  outputShapes: paddedShapes,
  prepare(context) {
    const place = placeBytes(placementOf(context))
    const [input, value, output] = [inputAt(context, 0), inputAt(context, 2), outputAt(context)]
    const [fill, filled] = [numbersOf<number>(value), numbersOf<number>(output)]
    const [from, to] = [bytesOf(input), bytesOf(output)]
    return () => {
      filled.fill(fill[0]!)
      place(from, to)
    }
  },
  divides: true,
  generate: (context, { share }) => ({
    kernel: wasm.padValueKernel(placementOf(context), share),
    inputs: [inputAt(context, 0), inputAt(context, 2)],
    output: outputAt(context),
  }),
}

function placementOf(context: OperatorContext<'PADV2'>): Omit<PadParameters, 'fillByte'> {
  const [input, value, output] = [inputAt(context, 0), inputAt(context, 2), outputAt(context)]
  if (input.type !== output.type || value.type !== output.type) throw unsupportedTypes(context, supports)
  refuseOtherScale(context, value, output)
  return {
    ...constantPaddings(context),
    inputShape: input.shape,
    bytesPerElement: bytesPerElement(input.type),
  }
}
