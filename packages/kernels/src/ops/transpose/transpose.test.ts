import { expect, it } from 'vitest'
import { sourcesOf } from '../../shared/element-walk.conformance.ts'
import { transposeWalk } from './transpose.ts'

it('reorders the dimensions', () => {
  const walk = transposeWalk([2, 1, 3], [2, 0, 1])
  expect(walk.shape).toEqual([3, 2, 1])
  expect(sourcesOf(walk)).toEqual([0, 3, 1, 4, 2, 5])
})

it('counts negative dimensions from the last', () => {
  const [negative, positive] = [transposeWalk([2, 3, 4], [-1, 0, -2]), transposeWalk([2, 3, 4], [2, 0, 1])]
  expect(negative.shape).toEqual(positive.shape)
  expect(sourcesOf(negative)).toEqual(sourcesOf(positive))
})

it.each([[[0, 0]], [[0]], [[0, 2]], [[0, 1, 2]]])(
  'refuses the permutation %j of two dimensions',
  (permutation) => {
    expect(() => transposeWalk([2, 3], permutation)).toThrow('of [2, 3], expected every dimension once')
  },
)
