import type { Shape } from '@quantrx/core'
import type { OperatorContext, OperatorImplementation } from '../operator.ts'

/**
 * The shapes of an operator's outputs, as they follow from its inputs.
 *
 * @throws as {@link OperatorImplementation.outputShapes} does.
 */
export function outputShapesOf(
  implementation: OperatorImplementation,
  context: OperatorContext,
): readonly Shape[] {
  if (implementation.outputShapes !== undefined) return implementation.outputShapes(context)
  return context.outputs.map(({ shape }) => context.inputs[0]?.shape ?? shape)
}
