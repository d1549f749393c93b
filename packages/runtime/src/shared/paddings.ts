import { ShapeError, formatShape, sameShape } from '@quantrx/core'
import type { OperatorContext, RuntimeTensor } from '../operator.ts'
import type { Amounts } from './amounts.ts'
import { constantIntegers, inputAt, outputAt, scaleOf } from './operands.ts'

type AnyContext = Pick<OperatorContext, 'kind' | 'inputs' | 'outputs'>

/**
 * The constant amounts, operand 1, by which input 0 is padded to the shape of the output.
 *
 * @throws UnsupportedError when they are computed at run time.
 * @throws ShapeError when they do not lead to the output.
 */
export function constantPaddings(context: AnyContext): Amounts {
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
    subject: context.kind,
    found: `paddings ${formatShape(amounts)} from ${formatShape(shape)} to ${formatShape(output)}`,
    expected: 'two amounts of 0 or more for each dimension, which lead to the output shape',
  })
}

/** What every byte of the real number 0 is in a tensor; types wider than a byte have no zero point other than 0. */
export function zeroByte(context: AnyContext, tensor: RuntimeTensor): number {
  const quantized = tensor.quantization !== undefined && (tensor.type === 'int8' || tensor.type === 'uint8')
  return quantized ? scaleOf(context, tensor).zeroPoint & 0xff : 0
}
