import { expect, it } from 'vitest'
import { quantizeFloat32 } from './float32.ts'
import { requantizeStored } from './integer.ts'

it('quantizeFloat32 rounds halves away from zero, saturates, and takes NaN for 0', () => {
  const output = new Int8Array(8)
  const input = Float32Array.of(0.5, -0.5, 1.5, -1.5, 1e30, -Infinity, NaN, 0.49)
  quantizeFloat32({ arithmetic: 'tflite', outputType: 'int8', scale: 1, zeroPoint: 3 })(input, output)
  expect([...output]).toEqual([4, 2, 5, 1, 127, -128, 3, 3])
})

it('quantizeFloat32 makes no half of a quotient that is none', () => {
  const scale = Math.fround(0.1)
  const output = new Int16Array(1)
  // 0.25 / scale is 2.49999996, in float32 it would be 2.5.
  quantizeFloat32({ arithmetic: 'tflite', outputType: 'int16', scale, zeroPoint: 0 })(
    Float32Array.of(0.25),
    output,
  )
  expect(output[0]).toBe(2)
})

it('quantizeFloat32 multiplies by the inverse and rounds to even in the xnnpack arithmetic', () => {
  const output = new Int8Array(4)
  const kernel = quantizeFloat32({ arithmetic: 'xnnpack', outputType: 'int8', scale: 2, zeroPoint: 1 })
  kernel(Float32Array.of(1, 3, -3, 1e30), output)
  expect([...output]).toEqual([1, 3, -1, 127])
})

it('requantizeStored computes in 256ths of the output scale in the xnnpack arithmetic', () => {
  const stored = requantizeStored({
    arithmetic: 'xnnpack',
    inputType: 'int8',
    input: { scale: 1, zeroPoint: 0 },
    outputType: 'int8',
    output: { scale: 3, zeroPoint: 0 },
  })
  // 1/3 becomes 85/256, so 126 / 3 = 42 becomes 41.8, and 100 / 3 becomes 33.2
  expect([126, 100, -100, 0].map(stored)).toEqual([42, 33, -33, 0])
})

it('requantizeStored turns uint8 into int8 of the same scale by 128', () => {
  const stored = requantizeStored({
    arithmetic: 'tflite',
    inputType: 'int8',
    input: { scale: 0.1, zeroPoint: 128 },
    outputType: 'int8',
    output: { scale: 0.1, zeroPoint: 0 },
  })
  for (let value = 0; value < 256; value++) expect(stored(value)).toBe(value - 128)
})

it('requantizeStored saturates where the new range is smaller', () => {
  const stored = requantizeStored({
    arithmetic: 'tflite',
    inputType: 'int8',
    input: { scale: 1, zeroPoint: 0 },
    outputType: 'int8',
    output: { scale: 0.5, zeroPoint: 10 },
  })
  expect([-100, 0, 3, 100].map(stored)).toEqual([-128, 10, 16, 127])
})
