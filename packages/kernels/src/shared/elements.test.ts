import { expect, it } from 'vitest'
import { broadcastRows } from './broadcast.ts'
import { mapElements, pairElements } from './elements.ts'

it('maps numbers and 64-bit integers, into another type too', () => {
  const signs = new Int8Array(3)
  mapElements(Math.sign)(Float32Array.of(-2.5, 0, 9), signs)
  expect([...signs]).toEqual([-1, 0, 1])
  const doubled = new BigInt64Array(2)
  mapElements((value: bigint) => value * 2n)(BigInt64Array.of(2n ** 40n, -3n), doubled)
  expect([...doubled]).toEqual([2n ** 41n, -6n])
})

it('pairs what broadcasting brings together', () => {
  const output = new Int32Array(6)
  const subtract = pairElements(broadcastRows([2, 1], [1, 3]), (a: number, b: number) => a - b)
  subtract(Int32Array.of(10, 20), Int32Array.of(1, 2, 3), output)
  expect([...output]).toEqual([9, 8, 7, 19, 18, 17])
})
