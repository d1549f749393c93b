import { ShapeError, formatShape } from '@quantrx/core'
import type { Shape } from '@quantrx/core'

/**
 * How two tensors are walked together when the smaller one is repeated (NumPy's broadcasting, any rank).
 *
 * The output is a sequence of rows of `length` elements. Within a row each operand moves by its step, 1 or 0; where it
 * starts in each row is listed. Equal shapes, and a scalar with anything, are a single row.
 */
export interface BroadcastRows {
  /** Shape of the output. */
  readonly shape: Shape
  readonly length: number
  readonly aStep: number
  readonly bStep: number
  readonly aStarts: Int32Array
  readonly bStarts: Int32Array
  /** What the rows are repeated over, from the innermost dimension outwards; the starts follow from it. */
  readonly outer: readonly BroadcastDimension[]
}

/** A dimension of the output, or several that are walked as one. */
export interface BroadcastDimension {
  readonly size: number
  /** Distance of neighbours in memory, 0 where the operand is repeated. */
  readonly aStride: number
  readonly bStride: number
}

/**
 * Plans the walk over operands of shapes `a` and `b`.
 *
 * @throws ShapeError when a dimension differs and neither side is 1.
 *
 * @example
 * broadcastRows([2, 3], [3]).bStarts // Int32Array [0, 0], two rows of 3
 */
export function broadcastRows(a: Shape, b: Shape): BroadcastRows {
  const shape = broadcastShape(a, b)
  const [row = { size: 1, aStride: 0, bStride: 0 }, ...outer] = mergeDimensions(shape, a, b)
  const count = outer.reduce((product, { size }) => product * size, 1)
  const aStarts = new Int32Array(count)
  const bStarts = new Int32Array(count)
  for (let index = 0; index < count; index++) {
    let rest = index
    for (const { size, aStride, bStride } of outer) {
      const position = rest % size
      rest = (rest - position) / size
      aStarts[index]! += position * aStride
      bStarts[index]! += position * bStride
    }
  }
  return { shape, length: row.size, aStep: row.aStride, bStep: row.bStride, aStarts, bStarts, outer }
}

/**
 * The shape to which two shapes broadcast.
 *
 * @throws ShapeError when a dimension differs and neither side is 1.
 */
export function broadcastShape(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, axis) => {
    const aSize = a[axis - rank + a.length] ?? 1
    const bSize = b[axis - rank + b.length] ?? 1
    if (aSize === bSize || bSize === 1) return aSize
    if (aSize === 1) return bSize
    throw new ShapeError({
      stage: 'kernels',
      subject: 'broadcasting',
      found: `shapes ${formatShape(a)} and ${formatShape(b)}`,
      expected: 'dimensions that are equal or 1, counted from the last',
    })
  })
}

/** Dimensions from the innermost outwards, those of size 1 left out, neighbours that are walked alike made one. */
function mergeDimensions(shape: Shape, a: Shape, b: Shape): readonly BroadcastDimension[] {
  const merged: BroadcastDimension[] = []
  let aStride = 1
  let bStride = 1
  for (let fromEnd = 1; fromEnd <= shape.length; fromEnd++) {
    const size = shape[shape.length - fromEnd]!
    if (size === 1) continue
    const aSize = a[a.length - fromEnd] ?? 1
    const bSize = b[b.length - fromEnd] ?? 1
    const inner = merged.at(-1)
    const sameWalk =
      inner !== undefined && (inner.aStride !== 0) === aSize > 1 && (inner.bStride !== 0) === bSize > 1
    if (sameWalk) merged[merged.length - 1] = { ...inner, size: inner.size * size }
    else merged.push({ size, aStride: aSize === 1 ? 0 : aStride, bStride: bSize === 1 ? 0 : bStride })
    aStride *= aSize
    bStride *= bSize
  }
  return merged
}
