import type { Shape } from '@quantrx/core'
import type { Repetition, Walk } from './walk.ts'

/** A dimension of the output, or several that are walked as one. */
interface Dimension {
  readonly size: number
  /** For each operand the distance of neighbours in memory, 0 where it is repeated. */
  readonly strides: readonly number[]
}

/**
 * The walk over any number of operands that are repeated to the shape of an output; each has dimensions, counted from the
 * last, that are 1 or those of the output.
 *
 * @example
 * // A condition for each row, two tensors of rows
 * shapesWalk([[2, 1], [2, 3], [2, 3]], [2, 3])
 * // { length: 3, steps: [0, 1, 1], outer: [{ count: 2, strides: [1, 3, 3] }] }
 */
export function shapesWalk(operands: readonly Shape[], output: Shape): Walk {
  const once: Dimension = { size: 1, strides: operands.map(() => 0) }
  const [row = once, ...outer] = dimensionsOf(operands, output).reduceRight<readonly Dimension[]>(joined, [])
  return {
    length: row.size,
    steps: row.strides.map((stride) => (stride === 0 ? 0 : 1)),
    outer: outer.map(({ size, strides }): Repetition => ({ count: size, strides })),
  }
}

/** The dimensions of the output that have more than one position, the outermost first. */
function dimensionsOf(operands: readonly Shape[], output: Shape): readonly Dimension[] {
  const strides = operands.map((operand) => {
    const padded = [...output.slice(operand.length).map(() => 1), ...operand]
    return padded.map((size, axis) =>
      size === 1 ? 0 : padded.slice(axis + 1).reduce((product, each) => product * each, 1),
    )
  })
  return output
    .map((size, axis) => ({ size, strides: strides.map((each) => each[axis]!) }))
    .filter(({ size }) => size !== 1)
}

/** Puts a dimension around others, given from the innermost outwards: as one with the last of them if both are walked alike. */
function joined(dimensions: readonly Dimension[], next: Dimension): readonly Dimension[] {
  const inner = dimensions.at(-1)
  const follows = (stride: number, at: number): boolean => {
    const own = inner!.strides[at]!
    return own === 0 ? stride === 0 : stride === own * inner!.size
  }
  if (inner === undefined || !next.strides.every(follows)) return [...dimensions, next]
  return [...dimensions.slice(0, -1), { ...inner, size: inner.size * next.size }]
}
