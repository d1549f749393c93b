import { expect, it } from 'vitest'
import { dequantizeFloat16, float16ToNumber } from './float16.ts'
import { dequantizeInteger } from './integer.ts'

it('dequantizeInteger subtracts the zero point and multiplies by the scale', () => {
  const output = new Float32Array(3)
  const quantization = { scales: [0.5], zeroPoints: [-1], axis: 0 }
  dequantizeInteger([3], quantization)(Int8Array.of(-128, -1, 127), output)
  expect([...output]).toEqual([-63.5, 0, 64])
})

it('dequantizeInteger has a scale for each slice along the axis', () => {
  const input = Int8Array.of(1, 2, 3, 4, 5, 6, 7, 8)
  const output = new Float32Array(8)
  const quantization = { scales: [1, 10], zeroPoints: [0, 1], axis: 1 }
  dequantizeInteger([2, 2, 2], quantization)(input, output)
  expect([...output]).toEqual([1, 2, 20, 30, 5, 6, 60, 70])
  dequantizeInteger([4, 2], quantization)(input, output)
  expect([...output]).toEqual([1, 10, 3, 30, 5, 50, 7, 70])
})

it('dequantizeInteger has nothing to do on an empty tensor', () => {
  const quantization = { scales: [1, 2], zeroPoints: [0, 0], axis: 0 }
  dequantizeInteger([2, 0], quantization)(new Int8Array(0), new Float32Array(0))
})

it.each([
  [0x0000, 0],
  [0x8000, -0],
  [0x0001, 2 ** -24],
  [0x03ff, 1023 * 2 ** -24],
  [0x0400, 2 ** -14],
  [0x3c00, 1],
  [0xc000, -2],
  [0x3555, 0.333251953125],
  [0x7bff, 65504],
  [0x7c00, Infinity],
  [0xfc00, -Infinity],
  [0x7e00, NaN],
])('float16ToNumber reads the pattern %i as %d', (bits, value) => {
  expect(float16ToNumber(bits)).toBe(value)
})

it('dequantizeFloat16 reads every element', () => {
  const output = new Float32Array(2)
  dequantizeFloat16(Uint16Array.of(0x3c00, 0x4000), output)
  expect([...output]).toEqual([1, 2])
})
