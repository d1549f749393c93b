import { expect, it } from 'vitest'
import { fromArrays } from './from-arrays.ts'
import { readAll } from './read-all.conformance.ts'

it('takes the type of the arrays', async () => {
  const [sample] = await readAll(fromArrays({ inputs: [Uint8Array.of(1, 2)], shape: [2] }))
  expect(sample).toEqual({ index: 0, inputs: [{ type: 'uint8', shape: [2], data: Uint8Array.of(1, 2) }] })
})

it('refuses arrays that do not fill the shape', () => {
  expect(() => fromArrays({ inputs: [Float32Array.of(1), Float32Array.of(1, 2)], shape: [1] })).toThrow(
    '[data] "sample 1": got 2 values, expected 1 for shape [1]',
  )
})

it('refuses labels that are not one for each sample', () => {
  expect(() => fromArrays({ inputs: [Float32Array.of(1)], shape: [1], labels: [1, 2] })).toThrow(
    '[data] "labels": got 2 labels, expected 1, one for each sample',
  )
})
