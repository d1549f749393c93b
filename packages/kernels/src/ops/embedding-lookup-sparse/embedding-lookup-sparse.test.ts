import { expect, it } from 'vitest'
import { embeddingLookupSparse } from './embedding-lookup-sparse.ts'

const table = Float32Array.of(1, 2, 3, 4, 5, 6)
const entries = [
  { bag: 0, row: 2, weight: 3 },
  { bag: 0, row: 0n, weight: 4 },
  { bag: 2, row: 1, weight: 2 },
]

it.each([
  ['SUM', [19, 26, 0, 0, 6, 8]],
  ['MEAN', [19 / 7, 26 / 7, 0, 0, 3, 4]],
  ['SQRTN', [19 / 5, 26 / 5, 0, 0, 3, 4]],
] as const)('combines by %s', (combiner, expected) => {
  const output = new Float32Array(6)
  embeddingLookupSparse({ rows: 3, rowLength: 2 }, combiner, entries, table, output)
  expect([...output]).toEqual(expected.map(Math.fround))
})

it('refuses rows that are not there', () => {
  const wrong = [{ bag: 0, row: 3, weight: 1 }]
  expect(() =>
    embeddingLookupSparse({ rows: 3, rowLength: 2 }, 'SUM', wrong, table, new Float32Array(2)),
  ).toThrow('got index 3, expected one from 0 to 2')
})
