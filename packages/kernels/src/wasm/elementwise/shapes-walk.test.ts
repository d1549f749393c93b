import type { Shape } from '@quantrx/core'
import { expect, it } from 'vitest'
import { broadcastRows } from '../../shared/broadcast.ts'
import { pairShapes } from './pair-shapes.conformance.ts'
import { shapesWalk } from './shapes-walk.ts'
import { broadcastWalk } from './walk.ts'

it('walks pairs as they are walked without the shape of the output', () => {
  for (const [a, b] of pairShapes) {
    const rows = broadcastRows(a, b)
    if (rows.shape.includes(0)) continue
    expect([a, b, shapesWalk([a, b], rows.shape)]).toEqual([a, b, broadcastWalk(rows)])
  }
})

it.each<readonly [string, readonly Shape[], Shape, ReturnType<typeof shapesWalk>]>([
  [
    'equal shapes are one row',
    [
      [2, 3],
      [2, 3],
      [2, 3],
    ],
    [2, 3],
    { length: 6, steps: [1, 1, 1], outer: [] },
  ],
  [
    'what is the same in a whole row does not move',
    [[2, 1], [2, 3], []],
    [2, 3],
    { length: 3, steps: [0, 1, 0], outer: [{ count: 2, strides: [1, 3, 0] }] },
  ],
  [
    'each operand is repeated by itself',
    [[3], [2, 1], [2, 3]],
    [2, 3],
    { length: 3, steps: [1, 0, 1], outer: [{ count: 2, strides: [0, 1, 3] }] },
  ],
  ['all may be repeated', [[], [1, 1]], [4, 5], { length: 20, steps: [0, 0], outer: [] }],
  ['one element', [[], []], [], { length: 1, steps: [0, 0], outer: [] }],
])('%s', (_, operands, output, expected) => {
  expect(shapesWalk(operands, output)).toEqual(expected)
})
