import { ShapeError } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { broadcastRows } from './broadcast.ts'
import type { BroadcastRows } from './broadcast.ts'

const positions = ({ length, aStep, bStep, aStarts, bStarts }: BroadcastRows): [number, number][] =>
  [...aStarts].flatMap((aStart, row) =>
    Array.from({ length }, (_, i): [number, number] => [aStart + i * aStep, bStarts[row]! + i * bStep]),
  )

describe('broadcastRows', () => {
  it('walks equal shapes, scalars and single elements as one row', () => {
    expect(broadcastRows([2, 3, 4], [2, 3, 4])).toMatchObject({ length: 24, aStep: 1, bStep: 1 })
    expect(broadcastRows([2, 3, 4], [])).toMatchObject({ length: 24, aStep: 1, bStep: 0 })
    expect(broadcastRows([1, 1], [2, 3])).toMatchObject({ shape: [2, 3], length: 6, aStep: 0, bStep: 1 })
    expect(broadcastRows([], [])).toMatchObject({ shape: [], length: 1 })
  })

  it('repeats a vector of channels for every row', () => {
    const rows = broadcastRows([2, 2, 3], [3])
    expect(rows.length).toBe(3)
    expect([...rows.bStarts]).toEqual([0, 0, 0, 0])
    expect([...rows.aStarts]).toEqual([0, 3, 6, 9])
  })

  it('repeats both operands at once', () => {
    // [2, 1, 2] with [3, 1]: out[i][j][k] = a[i][0][k] and b[j][0]
    const rows = broadcastRows([2, 1, 2], [3, 1])
    expect(rows.shape).toEqual([2, 3, 2])
    expect(positions(rows)).toEqual([
      ...[
        [0, 0],
        [1, 0],
        [0, 1],
        [1, 1],
        [0, 2],
        [1, 2],
      ],
      ...[
        [2, 0],
        [3, 0],
        [2, 1],
        [3, 1],
        [2, 2],
        [3, 2],
      ],
    ])
  })

  it('walks six dimensions', () => {
    const rows = broadcastRows([2, 1, 2, 1, 2, 1], [1, 2, 1, 2, 1, 2])
    expect(rows.shape).toEqual([2, 2, 2, 2, 2, 2])
    expect(positions(rows).slice(0, 8)).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
      [0, 2],
      [0, 3],
      [1, 2],
      [1, 3],
    ])
    expect(positions(rows).at(-1)).toEqual([7, 7])
  })

  it('has nothing to walk in an empty tensor', () => {
    expect(positions(broadcastRows([0, 3], [1, 3]))).toEqual([])
    expect(positions(broadcastRows([3, 0], [3, 1]))).toEqual([])
  })

  it('refuses shapes that do not fit, naming both', () => {
    expect(() => broadcastRows([2, 3], [2])).toThrow(ShapeError)
    expect(() => broadcastRows([2, 3], [2])).toThrow('got shapes [2, 3] and [2]')
  })
})
