import { ShapeError } from '@quantrx/core'
import { dynamicUpdateSlice as updateSlice } from '@quantrx/kernels'
import type { OperatorImplementation, RuntimeTensor } from '../operator.ts'
import { anyType, checkOutputShape, wordsOf } from '../shared/element-walk.ts'
import { indicesOf } from '../shared/numbers.ts'
import { inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'
import { refuseOtherScale } from '../shared/same-scale.ts'

/** DYNAMIC_UPDATE_SLICE; where the update goes may be computed at run time. */
export const dynamicUpdateSlice: OperatorImplementation<'DYNAMIC_UPDATE_SLICE'> = {
  kind: 'DYNAMIC_UPDATE_SLICE',
  supports: anyType,
  prepare(context) {
    const [input, update, starts] = [inputAt(context, 0), inputAt(context, 1), inputAt(context, 2)]
    const output = outputAt(context)
    if (input.type !== output.type || update.type !== output.type) throw unsupportedTypes(context, anyType)
    for (const each of [input, update]) refuseOtherScale(context, each, output)
    checkOutputShape(context, output, input.shape)
    if (starts.data.length !== input.shape.length) throw otherStarts(starts, input)
    const { words: from, perElement } = wordsOf(input)
    const run = updateSlice(input.shape, update.shape, perElement)
    const at = indicesOf(context, starts)
    const [replacement, to] = [wordsOf(update).words, wordsOf(output).words]
    return () => run(from, replacement, at, to)
  },
}

function otherStarts(starts: RuntimeTensor, input: RuntimeTensor): ShapeError {
  return new ShapeError({
    stage: 'runtime',
    subject: `DYNAMIC_UPDATE_SLICE, tensor ${starts.name}`,
    found: `${starts.data.length} starts`,
    expected: `${input.shape.length}, one for each dimension`,
  })
}
