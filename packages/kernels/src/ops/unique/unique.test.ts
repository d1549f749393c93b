import { expect, it } from 'vitest'
import { uniqueElements } from './unique.ts'

it('finds what is new, in order', () => {
  expect(uniqueElements([4, 2, 4, 7, 2])).toEqual({ positions: [0, 1, 3], indices: [0, 1, 0, 2, 1] })
  expect(uniqueElements([0, -0]).positions).toEqual([0])
  expect(uniqueElements([5n, 5n]).indices).toEqual([0, 0])
  expect(uniqueElements([])).toEqual({ positions: [], indices: [] })
})
