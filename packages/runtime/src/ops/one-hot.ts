import { elementCount } from '@quantrx/core'
import { normalizeAxis, oneHot as markPositions } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { checkOutputShape } from '../shared/element-walk.ts'
import { indicesOf, numbersOf } from '../shared/numbers.ts'
import { inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'
import { constantInteger } from '../shared/parts.ts'

const supports = ['any type, the same in on value, off value and output'] as const

/** ONE_HOT of a constant depth; the indices may be computed at run time. */
export const oneHot: OperatorImplementation<'ONE_HOT'> = {
  kind: 'ONE_HOT',
  supports,
  outputShapes: (context) => {
    const { depth, before, after } = oneHotShape(context)
    return [[...before, depth, ...after]]
  },
  prepare(context) {
    const [indices, on, off] = [inputAt(context, 0), inputAt(context, 2), inputAt(context, 3)]
    const output = outputAt(context)
    if (on.type !== output.type || off.type !== output.type) throw unsupportedTypes(context, supports)
    const { depth, before, after } = oneHotShape(context)
    checkOutputShape(context, output, [...before, depth, ...after])
    const run = markPositions({ outer: elementCount(before), depth, inner: elementCount(after) })
    const at = indicesOf(context, indices)
    const [onValue, offValue, to] = [on, off, output].map((each) => numbersOf<number>(each))
    return () => run(at, onValue![0]!, offValue![0]!, to!)
  },
}

/** The new dimension, and the dimensions around it. */
function oneHotShape(context: OperatorContext<'ONE_HOT'>) {
  const depth = constantInteger(context, inputAt(context, 1))
  const { shape } = inputAt(context, 0)
  const axis = normalizeAxis('ONE_HOT', [...shape, depth], context.options.axis)
  return { depth, before: shape.slice(0, axis), after: shape.slice(axis) }
}
