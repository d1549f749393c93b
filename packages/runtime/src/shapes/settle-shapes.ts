import { sameShape } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { RunTimeValueError } from '../shared/operands.ts'
import type { OperatorContext, OperatorImplementation, RuntimeTensor } from '../operator.ts'
import { reshapeTensor } from '../tensor-table.ts'
import { outputShapesOf } from './output-shapes.ts'

/**
 * Gives an operator's outputs the shapes that follow from its inputs. TensorFlow Lite does so, too, and converters store shapes
 * that are out of date, or none.
 *
 * @param resized false where the stored shapes stay when none follow.
 * @param promised whether the file says of an output that it has its stored shape whatever decides it.
 * @returns false for shapes that are known only when the operator runs; its outputs are dynamic then, but for those promised.
 * @throws ShapeError for inputs that contradict each other, where shapes are to be settled.
 */
export function settleShapes(
  implementation: OperatorImplementation,
  context: OperatorContext,
  resized: boolean,
  promised: (output: RuntimeTensor) => boolean = () => false,
): boolean {
  const shapes = knownShapes(implementation, context, resized)
  if (shapes === 'dynamic') {
    for (const output of context.outputs) {
      if (promised(output)) continue
      ;(output as { dynamic?: boolean }).dynamic = true
      reshapeTensor(output, [])
    }
    return false
  }
  context.outputs.forEach((output, at) => {
    const shape = shapes?.[at]
    if (shape !== undefined && !sameShape(shape, output.shape)) reshapeTensor(output, shape)
  })
  return true
}

/** Undefined where the stored shapes are to stay. */
function knownShapes(
  implementation: OperatorImplementation,
  context: OperatorContext,
  resized: boolean,
): readonly Shape[] | 'dynamic' | undefined {
  if (context.inputs.some((input) => input?.dynamic === true)) return 'dynamic'
  if (implementation.calls !== undefined && context.services === undefined) return undefined
  try {
    return outputShapesOf(implementation, context)
  } catch (error) {
    if (error instanceof RunTimeValueError) return 'dynamic'
    // Preparing the operator says what is wrong, with the stored shapes in view.
    if (resized || implementation.calls !== undefined) throw error
    return undefined
  }
}
