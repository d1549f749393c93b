import { elementCount, seededRandom } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { expect, it } from 'vitest'
import { copyElements } from '../../shared/element-walk.ts'
import { gatherWalk } from './gather-walk.ts'
import { gather, gatherShape } from './gather.ts'

it.each<readonly [Shape, Shape, number, number]>([
  [[5], [3], 0, 0],
  [[5], [], 0, 0],
  [[5, 3], [2, 2], 0, 0],
  [[4, 5], [3], 1, 0],
  [[2, 5, 3], [4], 1, 0],
  [[2, 3, 5, 2], [2, 2], 2, 0],
  [[3, 5], [3, 2], 1, 1],
  [[3, 5, 2], [3, 4], 1, 1],
  [[2, 3, 5], [2, 3, 2], 2, 2],
  [[2, 1, 5, 3], [2, 4], 2, 1],
  [[3, 0, 2], [4, 0], 0, 0],
])(
  'of %j by %j along axis %d with %d batch dimensions equals GATHER',
  (shape, indicesShape, axis, batchDims) => {
    const random = seededRandom(4)
    const parameters = { shape, indicesShape, axis, batchDims }
    const indices = Array.from({ length: elementCount(indicesShape) }, () => random.integer(shape[axis]!))
    const input = Uint32Array.from({ length: elementCount(shape) }, (_, at) => at + 1)
    const walk = gatherWalk(parameters, indices)!
    expect(walk.shape).toEqual(gatherShape(parameters))
    const [expected, output] = [0, 0].map(() => new Uint32Array(elementCount(walk.shape)))
    gather({ ...parameters, wordsPerElement: 1 })(input, indices, expected!)
    copyElements(walk)(input, output!)
    expect(output).toEqual(expected)
  },
)

it('knows no walk for indices that are none, nor for batches that are not in front of the axis', () => {
  const parameters = { shape: [5, 3], indicesShape: [2], axis: 0, batchDims: 0 }
  expect(gatherWalk(parameters, [0, 5])).toBeUndefined()
  expect(gatherWalk(parameters, [-1, 0])).toBeUndefined()
  expect(
    gatherWalk({ shape: [2, 3, 5], indicesShape: [2, 2], axis: 2, batchDims: 1 }, [0, 1, 2, 3]),
  ).toBeUndefined()
})
