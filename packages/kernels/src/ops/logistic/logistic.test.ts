import { expect, it } from 'vitest'
import { logisticFloat32, logisticStored } from './logistic.ts'

it('computes float32, with its ends and NaN', () => {
  const output = new Float32Array(5)
  logisticFloat32(Float32Array.of(0, 1, -200, 200, NaN), output)
  expect([...output]).toEqual([0.5, Math.fround(1 / (1 + Math.exp(-1))), 0, 1, NaN])
})

it.each(['tflite', 'xnnpack'] as const)(
  'maps int8 to steps of 1/256 from -128 in the %s arithmetic',
  (arithmetic) => {
    const stored = logisticStored({
      arithmetic,
      outputType: 'int8',
      input: { scale: 0.5, zeroPoint: 0 },
      output: { scale: 1 / 256, zeroPoint: -128 },
    })
    // logistic(1) = 0.73106, in 256ths 187.15
    expect([-128, 0, 2, 127].map(stored)).toEqual([-128, 0, 59, 127])
  },
)
