import { expect, it } from 'vitest'
import { concatenateBytes } from './concatenation.ts'

it('joins along the first and along the last dimension', () => {
  const inputs = [Uint8Array.of(1, 2, 3, 4), Uint8Array.of(5, 6, 7, 8)]
  const inputShapes = [
    [2, 2],
    [2, 2],
  ]
  const output = new Uint8Array(8)
  concatenateBytes({ inputShapes, axis: 0, bytesPerElement: 1 })(inputs, output)
  expect([...output]).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  concatenateBytes({ inputShapes, axis: 1, bytesPerElement: 1 })(inputs, output)
  expect([...output]).toEqual([1, 2, 5, 6, 3, 4, 7, 8])
})

it('moves whole elements of wider types', () => {
  const output = new Int16Array(6)
  const inputs = [Int16Array.of(300, 400), Int16Array.of(1, 2, 3, 4)].map(
    ({ buffer }) => new Uint8Array(buffer),
  )
  const parameters = {
    inputShapes: [
      [2, 1],
      [2, 2],
    ],
    axis: 1,
    bytesPerElement: 2,
  }
  concatenateBytes(parameters)(inputs, new Uint8Array(output.buffer))
  expect([...output]).toEqual([300, 1, 2, 400, 3, 4])
})
