import { ShapeError, formatShape, sameShape } from '@quantrx/core'
import { reverseSequence as reverseStarts } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { anyType, checkOutputShape, wordsOf } from '../shared/element-walk.ts'
import { indicesOf } from '../shared/numbers.ts'
import { inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'

/** REVERSE_SEQUENCE; the lengths may be computed at run time. LiteRT does not have it on int8. */
export const reverseSequence: OperatorImplementation<'REVERSE_SEQUENCE'> = {
  kind: 'REVERSE_SEQUENCE',
  supports: anyType,
  prepare(context) {
    const [input, lengths, output] = [inputAt(context, 0), inputAt(context, 1), outputAt(context)]
    if (input.type !== output.type) throw unsupportedTypes(context, anyType)
    checkOutputShape(context, output, input.shape)
    checkAxes(context)
    const [from, to] = [wordsOf(input), wordsOf(output)]
    const { seqDim: sequenceAxis, batchDim: batchAxis } = context.options
    const run = reverseStarts({ shape: input.shape, sequenceAxis, batchAxis }, from.perElement)
    const counts = indicesOf(context, lengths)
    return () => run(from.words, counts, to.words)
  },
}

function checkAxes(context: OperatorContext<'REVERSE_SEQUENCE'>): void {
  const [{ shape }, lengths] = [inputAt(context, 0), inputAt(context, 1)]
  const { seqDim, batchDim } = context.options
  const batches = shape[batchDim]
  if (shape[seqDim] !== undefined && seqDim !== batchDim && batches !== undefined) {
    if (sameShape(lengths.shape, [batches])) return
  }
  throw new ShapeError({
    stage: 'runtime',
    subject: 'REVERSE_SEQUENCE',
    found: `dimensions ${seqDim} and ${batchDim} of ${formatShape(shape)}, and lengths of shape ${formatShape(lengths.shape)}`,
    expected: 'two different dimensions, and one length for each position along the second',
  })
}
