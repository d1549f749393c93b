import { ShapeError, formatShape, sameShape } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { broadcastRows } from './broadcast.ts'
import type { BroadcastRows } from './broadcast.ts'

/**
 * For each element of the output, where an operand that is repeated has its element; undefined when the operand has the
 * output's shape.
 *
 * @throws ShapeError when the operand does not broadcast.
 *
 * @example
 * broadcastPositions([2, 1], [2, 3]) // Int32Array [0, 0, 0, 1, 1, 1]
 */
export function broadcastPositions(operand: Shape, output: Shape): Int32Array | undefined {
  if (sameShape(operand, output)) return undefined
  const { length, bStep, bStarts } = repeatedRows(operand, output)
  const positions = new Int32Array(length * bStarts.length)
  bStarts.forEach((start, row) => {
    for (let i = 0; i < length; i++) positions[row * length + i] = start + i * bStep
  })
  return positions
}

/**
 * How an operand that is repeated is walked, as the second one beside the output.
 *
 * @throws ShapeError when it does not broadcast to the shape of the output.
 */
export function repeatedRows(operand: Shape, output: Shape): BroadcastRows {
  const rows = broadcastRows(output, operand)
  if (sameShape(rows.shape, output)) return rows
  throw new ShapeError({
    stage: 'kernels',
    subject: 'broadcasting',
    found: `shape ${formatShape(operand)}`,
    expected: `one that is repeated to ${formatShape(output)}`,
  })
}
