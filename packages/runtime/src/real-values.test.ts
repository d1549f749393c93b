import { expect, it } from 'vitest'
import { realValues } from './real-values.ts'

const quantization = { scales: [0.5], zeroPoints: [-3], axis: 0 }

it('is the memory itself for float32', () => {
  const data = Float32Array.of(1, 2)
  expect(realValues({ name: 'x', type: 'float32', data })).toBe(data)
})

it('dequantizes stored integers', () => {
  const tensor = { name: 'x', type: 'int8', quantization, data: Int8Array.of(-128, -3, 127) } as const
  expect(Array.from(realValues(tensor))).toEqual([-62.5, 0, 65])
})

it('takes integers without a scale as they are', () => {
  expect(Array.from(realValues({ name: 'x', type: 'int32', data: Int32Array.of(-7, 7) }))).toEqual([-7, 7])
})

it('uses the scale of its own channel, where there are several', () => {
  const perChannel = { scales: [1, 10], zeroPoints: [0, 1], axis: 1 }
  const tensor = {
    name: 'x',
    type: 'int8',
    shape: [2, 2],
    quantization: perChannel,
    data: Int8Array.of(1, 2, 3, 4),
  } as const
  expect(Array.from(realValues(tensor))).toEqual([1, 10, 3, 30])
})

it('counts 64-bit integers, such as those of ARG_MAX, as the numbers they are', () => {
  expect(Array.from(realValues({ name: 'ids', type: 'int64', data: BigInt64Array.of(-1n, 7n) }))).toEqual([
    -1, 7,
  ])
})

it('refuses complex numbers', () => {
  expect(() => realValues({ name: 'spectrum', type: 'complex64', data: BigUint64Array.of(1n) })).toThrow(
    'got a tensor of type complex64',
  )
})

it('refuses float16', () => {
  expect(() => realValues({ name: 'half', type: 'float16', data: Uint16Array.of(1) })).toThrow(
    '[runtime] "half": got a tensor of type float16, expected float32 or integers. Convert',
  )
})
