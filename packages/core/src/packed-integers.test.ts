import { expect, it } from 'vitest'
import { unpackIntegers } from './packed-integers.ts'

it.each([
  [4, [0x8f, 0x71], [-1, -8, 1, 7]],
  [4, [0x8f, 0x01], [-1, -8, 1]],
  [2, [0b11_10_01_00], [0, 1, -2, -1]],
] as const)('takes signed integers of %i bits from %j, low bits first', (bits, bytes, expected) => {
  expect([...unpackIntegers(Uint8Array.from(bytes), bits, expected.length)]).toEqual([...expected])
})
