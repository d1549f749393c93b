import { expect, it } from 'vitest'
import { padBytes } from './pad.ts'

it('surrounds a matrix, overwriting what the output held', () => {
  const pad = padBytes({ inputShape: [2, 2], before: [1, 0], after: [0, 1], bytesPerElement: 1, fillByte: 9 })
  const output = new Uint8Array(9).fill(77)
  pad(Uint8Array.of(1, 2, 3, 4), output)
  expect([...output]).toEqual([9, 9, 9, 1, 2, 9, 3, 4, 9])
})

it('moves whole elements of wider types', () => {
  const pad = padBytes({ inputShape: [1, 2], before: [1, 1], after: [0, 0], bytesPerElement: 4, fillByte: 0 })
  const output = new Float32Array(6).fill(7)
  pad(new Uint8Array(Float32Array.of(1.5, -2).buffer), new Uint8Array(output.buffer))
  expect([...output]).toEqual([0, 0, 0, 0, 1.5, -2])
})

it('copies a scalar, and fills all of the output where the input is empty', () => {
  const output = new Uint8Array(1)
  padBytes({ inputShape: [], before: [], after: [], bytesPerElement: 1, fillByte: 9 })(
    Uint8Array.of(5),
    output,
  )
  expect([...output]).toEqual([5])
  const empty = padBytes({
    inputShape: [0, 2],
    before: [1, 0],
    after: [0, 0],
    bytesPerElement: 1,
    fillByte: 9,
  })
  const filled = new Uint8Array(2)
  empty(new Uint8Array(0), filled)
  expect([...filled]).toEqual([9, 9])
})

it('lists no rows of an empty input', () => {
  const parameters = {
    inputShape: [2 ** 31 - 1, 0],
    before: [0, 0],
    after: [0, 0],
    bytesPerElement: 1,
    fillByte: 9,
  }
  expect(() => padBytes(parameters)(new Uint8Array(0), new Uint8Array(0))).not.toThrow()
})
