import { expect, it } from 'vitest'
import { logSoftmaxFloat32 } from './float32.ts'
import { logSoftmaxInteger } from './integer.ts'

it('computes each row of float32, equal elements and infinities among them', () => {
  const output = new Float32Array(6)
  logSoftmaxFloat32(2)(Float32Array.of(1, 1, 0, 3, 5, -Infinity), output)
  const [tail] = [Math.log(1 + Math.exp(-3))]
  const expected = [-Math.LN2, -Math.LN2, -3 - tail, -tail, 0, -Infinity]
  output.forEach((value, at) => expect(value).toBeCloseTo(expected[at]!, 6))
})

it.each([
  ['tflite', 'int8', 127, -128],
  ['xnnpack', 'int8', 127, -128],
  ['tflite', 'uint8', 255, 0],
] as const)('gives 16ths below 0 in the %s arithmetic of %s', (arithmetic, type, zero, least) => {
  const stored = (...values: number[]) => (type === 'int8' ? Int8Array.from(values) : Uint8Array.from(values))
  const output = stored(0, 0, 0, 0, 0)
  logSoftmaxInteger({ arithmetic, depth: 5, inputScale: 0.25, type })(stored(10, 10, 2, 0, 120), output)
  expect([...output]).toEqual([least, least, least, least, zero])
  logSoftmaxInteger({ arithmetic, depth: 5, inputScale: 0.25, type })(stored(10, 10, 2, 0, 0), output)
  // ln(2 + e^-2 + 2 e^-2.5) = 0.8335, which is 13.3 sixteenths; 2 and 2.5 more are 45.3 and 53.3.
  expect([...output]).toEqual([13, 13, 45, 53, 53].map((steps) => zero - steps))
})
