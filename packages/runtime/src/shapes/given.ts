import { ShapeError, elementCount, formatShape } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { normalizeAxis } from '@quantrx/kernels'
import type { OperatorContext } from '../operator.ts'
import { constantIntegers, inputAt } from '../shared/operands.ts'
import { constantInteger } from '../shared/parts.ts'

type AnyContext = Pick<OperatorContext, 'kind' | 'inputs' | 'outputs'>

/** The shape that the operand at position `at` holds. */
export const shapeOperand =
  (at: number) =>
  (context: AnyContext): readonly Shape[] => [constantIntegers(context, inputAt(context, at))]

/**
 * The shape that the second operand holds, or the options where there is none; one dimension may be -1, for what the others
 * leave.
 */
export function reshapedShapes(context: OperatorContext<'RESHAPE'>): readonly Shape[] {
  const input = inputAt(context, 0)
  const operand = context.inputs[1]
  const wanted = operand === undefined ? (context.options.newShape ?? []) : constantIntegers(context, operand)
  const count = elementCount(input.shape)
  const known = elementCount(wanted.filter((size) => size !== -1))
  const shape = wanted.map((size) => (size === -1 ? count / (known || 1) : size))
  if (elementCount(shape) === count && shape.every(Number.isInteger)) return [shape]
  throw new ShapeError({
    stage: 'runtime',
    subject: context.kind,
    found: `shape ${formatShape(wanted)} for ${formatShape(input.shape)}`,
    expected: 'as many elements in both',
    nextStep: 'Give inputs of a shape that the model was made for',
  })
}

/** The shape of the input with a dimension of size 1 put in. */
export function expandedShapes(context: AnyContext): readonly Shape[] {
  const { shape } = inputAt(context, 0)
  const axis = normalizeAxis(context.kind, [...shape, 1], constantInteger(context, inputAt(context, 1)))
  return [[...shape.slice(0, axis), 1, ...shape.slice(axis)]]
}

/** The shape of the input without the given dimensions of size 1, or without all of them where none is given. */
export function squeezedShapes(context: OperatorContext<'SQUEEZE'>): readonly Shape[] {
  const { shape } = inputAt(context, 0)
  const { squeezeDims = [] } = context.options
  const given = new Set(squeezeDims.map((axis) => normalizeAxis(context.kind, shape, axis)))
  return [shape.filter((size, axis) => (given.size === 0 ? size !== 1 : !given.has(axis)))]
}

/** The shape of the input, made larger by the amounts of the second operand. */
export function paddedShapes(context: AnyContext): readonly Shape[] {
  const amounts = constantIntegers(context, inputAt(context, 1))
  const { shape } = inputAt(context, 0)
  return [shape.map((size, axis) => size + (amounts[2 * axis] ?? 0) + (amounts[2 * axis + 1] ?? 0))]
}
