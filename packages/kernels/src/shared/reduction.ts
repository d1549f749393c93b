import { ShapeError, elementCount, formatShape } from '@quantrx/core'
import type { Shape } from '@quantrx/core'

/** Which input elements a reduction folds into which output element. */
export interface ReductionGeometry {
  /** Number of output elements. */
  readonly outputs: number
  /** Number of input elements that fold into each output element. */
  readonly count: number
  /** Index of the output element of every input element, in row-major order of the input. */
  readonly outputOf: Int32Array
}

/**
 * The geometry of a reduction of `shape` over `axes`; negative axes count from the last one.
 *
 * @throws ShapeError for an axis that the shape does not have.
 */
export function reductionGeometry(
  operator: string,
  shape: Shape,
  axes: readonly number[],
): ReductionGeometry {
  const reduced = new Set(axes.map((axis) => normalizeAxis(operator, shape, axis)))
  const kept = shape.map((size, axis) => (reduced.has(axis) ? 1 : size))
  const outputs = elementCount(kept)
  const inputs = elementCount(shape)
  const outputOf = new Int32Array(inputs)
  const steps = kept.map((_, axis) => (reduced.has(axis) ? 0 : elementCount(kept.slice(axis + 1))))
  const position = shape.map(() => 0)
  let output = 0
  for (let input = 0; input < inputs; input++) {
    outputOf[input] = output
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      position[axis]!++
      output += steps[axis]!
      if (position[axis]! < shape[axis]!) break
      output -= steps[axis]! * shape[axis]!
      position[axis] = 0
    }
  }
  return { outputs, count: outputs === 0 ? 0 : inputs / outputs, outputOf }
}

/**
 * An axis counted from 0.
 *
 * @throws ShapeError for an axis that the shape does not have.
 */
export function normalizeAxis(operator: string, shape: Shape, axis: number): number {
  const normalized = axis < 0 ? axis + shape.length : axis
  if (Number.isInteger(normalized) && normalized >= 0 && normalized < Math.max(shape.length, 1))
    return normalized
  throw new ShapeError({
    stage: 'kernels',
    subject: operator,
    found: `axis ${axis} of shape ${formatShape(shape)}`,
    expected: `an axis from ${-shape.length} to ${shape.length - 1}`,
  })
}
