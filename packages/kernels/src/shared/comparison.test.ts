import { expect, it } from 'vitest'
import { isEqual } from '../ops/equal/equal.ts'
import { isLess } from '../ops/less/less.ts'
import { broadcastRows } from './broadcast.ts'
import { compareElements, compareStored } from './comparison.ts'

const rows = broadcastRows([3], [1])

it('compares numbers and 64-bit integers as they are', () => {
  const output = new Uint8Array(3)
  compareElements(rows, isLess)(Float32Array.of(1, 2, 3), Float32Array.of(2), output)
  expect([...output]).toEqual([1, 0, 0])
  compareElements(rows, isEqual)(BigInt64Array.of(1n, 2n, 3n), BigInt64Array.of(2n), output)
  expect([...output]).toEqual([0, 1, 0])
})

it('compares quantized numbers by what they stand for, to a 256th', () => {
  const output = new Uint8Array(3)
  const [a, b] = [
    { scale: 0.5, zeroPoint: 10 },
    { scale: 0.25, zeroPoint: -1 },
  ]
  // 0.5, 1 and 1.5 beside 1.
  compareStored({ rows, type: 'int8', a, b }, isLess)(Int8Array.of(11, 12, 13), Int8Array.of(3), output)
  expect([...output]).toEqual([1, 0, 0])
  // Scales of a thousandth leave 2 and 3 in the same 256th.
  const fine = { scale: 0.001, zeroPoint: 0 }
  compareStored({ rows, type: 'uint8', a: fine, b: fine }, isEqual)(
    Uint8Array.of(1, 2, 3),
    Uint8Array.of(3),
    output,
  )
  expect([...output]).toEqual([0, 1, 1])
})
