import { bytesPerElement, elementCount } from '@quantrx/core'
import { copyElements, padBytes, spaceToBatchWalk } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { constantAmounts } from '../shared/amounts.ts'
import { bytesOf } from '../shared/bytes.ts'
import { anyType, checkOutputShape, wordsOf } from '../shared/element-walk.ts'
import { constantIntegers, inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'
import { zeroByte } from '../shared/paddings.ts'

/** SPACE_TO_BATCH_ND with constant blocks and paddings; the padding stands for the real number 0. */
export const spaceToBatchNd: OperatorImplementation<'SPACE_TO_BATCH_ND'> = {
  kind: 'SPACE_TO_BATCH_ND',
  supports: anyType,
  outputShapes: (context) => [spreadingOf(context).walk.shape],
  prepare(context) {
    const [input, output] = [inputAt(context, 0), outputAt(context)]
    if (input.type !== output.type) throw unsupportedTypes(context, anyType)
    const { before, after, paddedShape, walk } = spreadingOf(context)
    checkOutputShape(context, output, walk.shape)
    const elementBytes = bytesPerElement(input.type)
    const pad = padBytes({
      ...{ inputShape: input.shape, before, after },
      ...{ bytesPerElement: elementBytes, fillByte: zeroByte(context, output) },
    })
    const padded = new Uint8Array(elementCount(paddedShape) * elementBytes)
    const [from, to] = [wordsOf({ type: input.type, data: padded }), wordsOf(output)]
    const spread = copyElements(walk, to.perElement)
    const unpadded = bytesOf(input)
    return () => {
      pad(unpadded, padded)
      spread(from.words, to.words)
    }
  },
}

/** The padded images, and how they are spread over the batch. */
function spreadingOf(context: OperatorContext<'SPACE_TO_BATCH_ND'>) {
  const { shape } = inputAt(context, 0)
  const block = constantIntegers(context, inputAt(context, 1))
  const spatial = constantAmounts(context, 2, block.length)
  const before = shape.map((_, axis) => spatial.before[axis - 1] ?? 0)
  const after = shape.map((_, axis) => spatial.after[axis - 1] ?? 0)
  const paddedShape = shape.map((size, axis) => before[axis]! + size + after[axis]!)
  return { before, after, paddedShape, walk: spaceToBatchWalk(paddedShape, block) }
}
