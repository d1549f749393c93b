import { expect, it } from 'vitest'
import { multiplyAccumulates } from './multiply-accumulates.ts'

it.each([
  ['CONV_2D', [8, 3, 5, 4], [2, 6, 7, 8], 2 * 6 * 7 * 8 * 3 * 5 * 4],
  ['DEPTHWISE_CONV_2D', [1, 3, 5, 8], [2, 6, 7, 8], 2 * 6 * 7 * 8 * 3 * 5],
  ['CONV_3D', [2, 3, 5, 4, 8], [2, 6, 7, 9, 8], 2 * 6 * 7 * 9 * 8 * 2 * 3 * 5 * 4],
  ['FULLY_CONNECTED', [10, 64], [3, 10], 3 * 10 * 64],
  ['ADD', [2, 2], [2, 2], 0],
])('of %s with weights %j and output %j', (kind, weights, output, expected) => {
  expect(multiplyAccumulates(kind, weights, output)).toBe(expected)
})
