import { ShapeError, formatShape } from '@quantrx/core'
import { dilate as putApart, dilatedShape } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { anyType, checkOutputShape, wordsOf } from '../shared/element-walk.ts'
import { constantIntegers, inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'
import { refuseOtherScale } from '../shared/same-scale.ts'

/** DILATE by constant distances. */
export const dilate: OperatorImplementation<'DILATE'> = {
  kind: 'DILATE',
  supports: anyType,
  outputShapes: (context) => [dilatedShape(inputAt(context, 0).shape, distances(context))],
  prepare(context) {
    const [input, between, output] = [inputAt(context, 0), inputAt(context, 2), outputAt(context)]
    if (input.type !== output.type || between.type !== output.type) throw unsupportedTypes(context, anyType)
    for (const operand of [input, between]) refuseOtherScale(context, operand, output)
    const dilations = distances(context)
    checkOutputShape(context, output, dilatedShape(input.shape, dilations))
    const [from, filling, to] = [wordsOf(input), wordsOf(between), wordsOf(output)]
    const run = putApart(input.shape, dilations, from.perElement)
    return () => run(from.words, filling.words, to.words)
  },
}

function distances(context: OperatorContext<'DILATE'>): readonly number[] {
  const { shape } = inputAt(context, 0)
  const dilations = constantIntegers(context, inputAt(context, 1))
  const single = inputAt(context, 2).data.length === 1
  if (single && dilations.length === shape.length && dilations.every((each) => each >= 1)) return dilations
  throw new ShapeError({
    stage: 'runtime',
    subject: 'DILATE',
    found: `distances ${dilations.join(', ')} for ${formatShape(shape)}, and ${single ? 'one value' : 'other than one value'} between`,
    expected: 'a distance of 1 or more for each dimension, and one value',
  })
}
