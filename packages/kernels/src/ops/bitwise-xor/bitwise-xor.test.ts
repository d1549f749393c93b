import { expect, it } from 'vitest'
import { bitwiseXor } from './bitwise-xor.ts'

it('differs where bits do', () => {
  expect([bitwiseXor(0b1100, 0b1010), bitwiseXor(-1, 5), bitwiseXor(1, 1)]).toEqual([0b0110, -6, 0])
  expect(Uint32Array.of(bitwiseXor(2 ** 32 - 1, 1))[0]).toBe(2 ** 32 - 2)
})
