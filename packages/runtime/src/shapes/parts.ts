import type { Shape } from '@quantrx/core'
import { normalizeAxis } from '@quantrx/kernels'
import type { OperatorContext } from '../operator.ts'
import { inputAt } from '../shared/operands.ts'

/** Inputs that are joined along a dimension they have. */
export function concatenatedShapes(context: OperatorContext<'CONCATENATION'>): readonly Shape[] {
  const { shape } = inputAt(context, 0)
  const axis = normalizeAxis(context.kind, shape, context.options.axis)
  const joined = context.inputs.reduce((total, input) => total + (input?.shape[axis] ?? 0), 0)
  return [shape.map((size, at) => (at === axis ? joined : size))]
}

/** Inputs that are joined along a new dimension. */
export function packedShapes(context: OperatorContext<'PACK'>): readonly Shape[] {
  const { shape } = inputAt(context, 0)
  const axis = normalizeAxis(context.kind, [...shape, 1], context.options.axis)
  return [[...shape.slice(0, axis), context.inputs.length, ...shape.slice(axis)]]
}
