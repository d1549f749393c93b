import { expect, it } from 'vitest'
import { tanhFloat32, tanhStored } from './tanh.ts'

it('computes float32, with its ends and NaN', () => {
  const output = new Float32Array(5)
  tanhFloat32(Float32Array.of(0, 1, -200, 200, NaN), output)
  expect([...output]).toEqual([0, Math.fround(Math.tanh(1)), -1, 1, NaN])
})

it.each(['tflite', 'xnnpack'] as const)('maps int8 to steps of 1/128 in the %s arithmetic', (arithmetic) => {
  const stored = tanhStored({
    arithmetic,
    outputType: 'int8',
    input: { scale: 0.5, zeroPoint: 1 },
    output: { scale: 1 / 128, zeroPoint: 0 },
  })
  // tanh(1) = 0.76159, in 128ths 97.48
  expect([-128, 1, 3, -1, 127].map(stored)).toEqual([-128, 0, 97, -97, 127])
})
