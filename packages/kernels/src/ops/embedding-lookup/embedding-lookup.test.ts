import { expect, it } from 'vitest'
import { embeddingLookupHybrid } from './embedding-lookup.ts'

const table = Int8Array.of(1, 2, 3, 4)

it.each([
  [
    [0.5, 2],
    [6, 8, 0.5, 1],
  ],
  [[0.5], [1.5, 2, 0.5, 1]],
])('multiplies rows with scales %j', (scales, expected) => {
  const output = new Float32Array(4)
  embeddingLookupHybrid({ rows: 2, rowLength: 2, scales })([1, 0n], table, output)
  expect([...output]).toEqual(expected)
})

it('refuses a row that is not there', () => {
  const run = embeddingLookupHybrid({ rows: 2, rowLength: 2, scales: [1] })
  expect(() => run([2], table, new Float32Array(2))).toThrow('got index 2, expected one from 0 to 1')
})
