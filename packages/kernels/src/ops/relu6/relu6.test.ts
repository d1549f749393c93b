import { expect, it } from 'vitest'
import { relu6Float32, relu6Stored } from './relu6.ts'

it('cuts off what is negative and what is above 6', () => {
  const output = new Float32Array(3)
  relu6Float32(Float32Array.of(-1, 2, 700), output)
  expect([...output]).toEqual([0, 2, 6])
  const scale = { scale: 0.1, zeroPoint: -5 }
  const stored = relu6Stored({ outputType: 'int8', input: scale, output: scale })
  expect([-128, -5, 0, 127].map(stored)).toEqual([-5, -5, 0, 55])
})
