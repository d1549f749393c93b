import { elementCount } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { describe, it } from 'vitest'
import { concatenateBytes } from '../../ops/concatenation/concatenation.ts'
import { padBytes, placeBytes } from '../../ops/pad/pad.ts'
import { concatenationKernel } from './concatenation.ts'
import { expectEqual, numbered } from './copy-cases.conformance.ts'
import { reshapeKernel } from './copy.ts'
import { padKernel, padValueKernel } from './pad.ts'

it.each([1, 2, 15, 16, 17, 63, 64, 65, 100, 128, 129, 1000])('moves %i bytes', (bytes) => {
  const input = numbered(bytes, 3)
  expectEqual((share) => reshapeKernel(bytes, share), [input], input)
})

describe('CONCATENATION', () => {
  const cases: readonly (readonly [readonly Shape[], number])[] = [
    ...Array.from(
      { length: 70 },
      (_, at) =>
        [
          [
            [2, at + 1],
            [2, 71 - at],
          ],
          1,
        ] as const,
    ),
    [[[3, 4, 5]], 1],
    [[[3], [100], [1]], 0],
    [
      [
        [4, 1, 3],
        [4, 2, 3],
        [4, 9, 3],
      ],
      1,
    ],
    [
      [
        [2, 0],
        [2, 3],
      ],
      1,
    ],
    [
      [
        [1, 1, 8, 16],
        [1, 1, 8, 40],
      ],
      3,
    ],
  ]
  it.each(cases)('%j along axis %i', (inputShapes, axis) => {
    for (const bytesPerElement of [1, 4]) {
      const parameters = { inputShapes, axis, bytesPerElement }
      const inputs = inputShapes.map((shape, at) => numbered(elementCount(shape) * bytesPerElement, at * 50))
      const expected = new Uint8Array(inputs.reduce((total, { length }) => total + length, 0))
      concatenateBytes(parameters)(inputs, expected)
      expectEqual((share) => concatenationKernel(parameters, share), inputs, expected)
    }
  })
})

describe('PAD and PADV2', () => {
  const cases: readonly (readonly [Shape, Shape, Shape])[] = [
    ...Array.from(
      { length: 70 },
      (_, at) =>
        [
          [1, 2, 3, at + 1],
          [0, 1, 1, 0],
          [0, 1, 0, 0],
        ] as const,
    ),
    ...Array.from(
      { length: 20 },
      (_, at) =>
        [
          [2, at + 1],
          [0, 2],
          [1, at % 3],
        ] as const,
    ),
    [[], [], []],
    [[1], [0], [0]],
    [[1], [1], [1]],
    [[5], [3], [90]],
    [
      [0, 2],
      [1, 0],
      [1, 1],
    ],
    [
      [2, 3, 4, 5],
      [1, 2, 3, 4],
      [4, 3, 2, 1],
    ],
    [
      [2, 3, 4, 5],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ],
    [
      [3, 1, 2],
      [0, 7, 0],
      [0, 0, 0],
    ],
    [
      [1, 1, 9, 30],
      [0, 0, 2, 0],
      [0, 0, 2, 0],
    ],
  ]
  it.each(cases)('%j by %j before and %j after', (inputShape, before, after) => {
    for (const bytesPerElement of [1, 2, 8]) {
      const parameters = { inputShape, before, after, bytesPerElement, fillByte: 200 }
      const padded = inputShape.map((size, axis) => before[axis]! + size + after[axis]!)
      const input = numbered(elementCount(inputShape) * bytesPerElement, 1)
      const expected = new Uint8Array(elementCount(padded) * bytesPerElement)
      padBytes(parameters)(input, expected)
      expectEqual((share) => padKernel(parameters, share), [input], expected)
    }
  })
  it.each(cases)(
    '%j by %j before and %j after, with elements of several bytes',
    (inputShape, before, after) => {
      for (const bytesPerElement of [1, 2, 4, 8]) {
        const parameters = { inputShape, before, after, bytesPerElement }
        const padded = inputShape.map((size, axis) => before[axis]! + size + after[axis]!)
        const input = numbered(elementCount(inputShape) * bytesPerElement, 1)
        const value = numbered(bytesPerElement, 100)
        const expected = new Uint8Array(elementCount(padded) * bytesPerElement)
        for (let at = 0; at < expected.length; at++) expected[at] = value[at % bytesPerElement]!
        placeBytes(parameters)(input, expected)
        expectEqual((share) => padValueKernel(parameters, share), [input, value], expected)
      }
    },
  )
})
