import { expect, it } from 'vitest'
import { sourcesOf } from '../../shared/element-walk.conformance.ts'
import { partWalks } from './parts.ts'

it('cuts a dimension into parts of several sizes', () => {
  const parts = partWalks('SPLIT_V', [2, 3], 1, [1, 2])
  expect(parts.map(({ shape }) => shape)).toEqual([
    [2, 1],
    [2, 2],
  ])
  expect(parts.map(sourcesOf)).toEqual([
    [0, 3],
    [1, 2, 4, 5],
  ])
})

it.each([[[1, 1]], [[2, 2]], [[4, -1]]])('refuses parts of %j along three elements', (sizes) => {
  expect(() => partWalks('SPLIT_V', [3], 0, sizes)).toThrow('SPLIT_V')
})
