import { expect, it } from 'vitest'
import { activateFloat32, activateStored } from './activation.ts'

const options = {
  outputType: 'int8',
  input: { scale: 0.1, zeroPoint: 0 },
  output: { scale: 0.05, zeroPoint: -100 },
} as const

it('clamps float32 and lets NaN through', () => {
  const output = new Float32Array(4)
  activateFloat32({ min: 0, max: 6 }, Float32Array.of(-1, 3, 7, NaN), output)
  expect([...output]).toEqual([0, 3, 6, NaN])
  activateFloat32({ min: 0, max: Infinity }, Float32Array.of(-1, 3, 7, Infinity), output)
  expect([...output]).toEqual([0, 3, 7, Infinity])
})

it('rescales before it clamps', () => {
  // 6 is stored as -100 + 6 / 0.05 = 20
  expect([-50, 0, 10, 60, 100].map(activateStored({ min: 0, max: 6 }, options))).toEqual([
    -100, -100, -80, 20, 20,
  ])
  expect([-50, 0, 10, 60, 127].map(activateStored({ min: 0, max: Infinity }, options))).toEqual([
    -100, -100, -80, 20, 127,
  ])
})
