import { expect, it } from 'vitest'
import { bytesField, floatField, integerField, textField } from './protobuf.ts'

// The examples of the documentation of Protocol Buffers, "Encoding".
it('writes integers seven bits a byte', () => {
  expect(integerField(1, 150)).toEqual([0x08, 0x96, 0x01])
  expect(integerField(1, 0)).toEqual([0x08, 0])
  expect(integerField(16, 1)).toEqual([0x80, 0x01, 1])
  expect(integerField(1, 2 ** 35)).toEqual([0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01])
})

it('writes text and messages with their length', () => {
  expect(textField(2, 'testing')).toEqual([0x12, 7, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67])
  expect(bytesField(3, integerField(1, 150))).toEqual([0x1a, 3, 0x08, 0x96, 0x01])
})

it('writes float32 as four bytes, little end first', () => {
  expect(floatField(1, 1)).toEqual([0x0d, 0, 0, 0x80, 0x3f])
})
