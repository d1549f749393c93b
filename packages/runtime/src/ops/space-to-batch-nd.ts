import { bytesPerElement, elementCount } from '@quantrx/core'
import { copyElements, padBytes, spaceToBatchWalk, wasm } from '@quantrx/kernels'
import type { PadParameters } from '@quantrx/kernels'
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
    const { parameters, paddedShape, walk } = checkedSpreading(context)
    const pad = padBytes(parameters)
    const padded = new Uint8Array(elementCount(paddedShape) * parameters.bytesPerElement)
    const [from, to] = [wordsOf({ type: input.type, data: padded }), wordsOf(output)]
    const spread = copyElements(walk, to.perElement)
    const unpadded = bytesOf(input)
    return () => {
      pad(unpadded, padded)
      spread(from.words, to.words)
    }
  },
  divides: true,
  generate(context, { share }) {
    const { parameters, block } = checkedSpreading(context)
    if (block.length === 0) return undefined
    const kernel = wasm.spaceToBatchKernel({ ...parameters, block }, share)
    return { kernel, inputs: [inputAt(context, 0)], output: outputAt(context) }
  },
}

type SpreadingContext = OperatorContext<'SPACE_TO_BATCH_ND'>

function checkedSpreading(context: SpreadingContext) {
  const [input, output] = [inputAt(context, 0), outputAt(context)]
  if (input.type !== output.type) throw unsupportedTypes(context, anyType)
  const { before, after, ...spreading } = spreadingOf(context)
  checkOutputShape(context, output, spreading.walk.shape)
  const elements = { bytesPerElement: bytesPerElement(input.type), fillByte: zeroByte(context, output) }
  const parameters: PadParameters = { inputShape: input.shape, before, after, ...elements }
  return { ...spreading, parameters }
}

/** The padded images, and how they are spread over the batch. */
function spreadingOf(context: SpreadingContext) {
  const { shape } = inputAt(context, 0)
  const block = constantIntegers(context, inputAt(context, 1))
  const spatial = constantAmounts(context, 2, block.length)
  const before = shape.map((_, axis) => spatial.before[axis - 1] ?? 0)
  const after = shape.map((_, axis) => spatial.after[axis - 1] ?? 0)
  const paddedShape = shape.map((size, axis) => before[axis]! + size + after[axis]!)
  return { before, after, block, paddedShape, walk: spaceToBatchWalk(paddedShape, block) }
}
