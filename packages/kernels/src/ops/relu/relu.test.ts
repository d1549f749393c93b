import { expect, it } from 'vitest'
import { reluFloat32, reluStored } from './relu.ts'

it('cuts off what is negative', () => {
  const output = new Float32Array(3)
  reluFloat32(Float32Array.of(-1, 2, 700), output)
  expect([...output]).toEqual([0, 2, 700])
  const scale = { scale: 0.1, zeroPoint: -5 }
  const stored = reluStored({ outputType: 'int8', input: scale, output: scale })
  expect([-128, -5, 0, 127].map(stored)).toEqual([-5, -5, 0, 127])
})
