import { expect, it } from 'vitest'
import { fakeQuant } from './fake-quant.ts'

it('clamps to the range, and rounds to what integers stand for', () => {
  const outputs = new Float32Array(6)
  fakeQuant({ min: -1, max: 1, bits: 2, narrowRange: true })(
    Float32Array.of(-7, -0.6, -0.4, 0.4, 0.6, 7),
    outputs,
  )
  expect([...outputs]).toEqual([-1, -1, 0, 0, 1, 1])
})

it('makes a range of no width 0', () => {
  const outputs = new Float32Array(2).fill(5)
  fakeQuant({ min: 0, max: 0, bits: 8, narrowRange: false })(Float32Array.of(-3, 3), outputs)
  expect([...outputs].map(Math.abs)).toEqual([0, 0])
})
