import { ShapeError } from '@quantrx/core'
import { wasm } from '@quantrx/kernels'
import { expect, it } from 'vitest'
import { emittedCode } from './emitted-code.conformance.ts'
import { mapOperator } from './map-operator.ts'
import { testContext, testTensor } from './operator-context.conformance.ts'

const options = { innerLoop: 'i16', floatProducts: 'exact' } as const

const negated = mapOperator('NEG', ['float32', 'int8', 'int32'], () => ({
  float32: (input, output) => {
    for (let at = 0; at < input.length; at++) output[at] = -input[at]!
  },
  stored:
    ({ input, output }) =>
    (stored) =>
      output.zeroPoint - (stored - input.zeroPoint),
}))

const stored = (...values: number[]) =>
  testTensor('int8', [values.length], { scale: 1, zeroPoint: 3, values })

it('runs the kernel of the type, and a function of one integer on quantized ones', () => {
  const real = testTensor('float32', [2])
  negated.prepare(testContext('NEG', [testTensor('float32', [2], { values: [1, -2] })], [real]))()
  expect([...real.data]).toEqual([-1, 2])
  const output = stored(0, 0)
  negated.prepare(testContext('NEG', [stored(4, 1)], [output]))()
  expect([...output.data]).toEqual([2, 5])
})

it('generates code for 8-bit integers, in shares, and leaves the rest to the reference', () => {
  const many = Array.from({ length: 40 }, (_, at) => at)
  const context = testContext('NEG', [stored(...many)], [stored(...many)])
  const whole = negated.generate!(context, options)!
  const share = negated.generate!(context, { ...options, share: { index: 1, count: 2 } })!
  expect(emittedCode(share.kernel)).not.toEqual(emittedCode(whole.kernel))
  const real = testTensor('float32', [2])
  expect(negated.generate!(testContext('NEG', [real], [real]), options)).toBeUndefined()
  expect(mapOperator('NEG', ['float32'], () => ({})).generate).toBeUndefined()
})

it('generates code for float32 where it is given', () => {
  const numbers = testTensor('float32', [40])
  const context = testContext('NEG', [numbers], [numbers])
  const code = mapOperator(
    'NEG',
    ['float32', 'int32'],
    () => ({ int32: () => undefined }),
    wasm.negFloat32Kernel,
  )
  expect(code.divides).toBe(true)
  const whole = code.generate!(context, options)!
  const share = code.generate!(context, { ...options, share: { index: 1, count: 2 } })!
  expect(emittedCode(share.kernel)).not.toEqual(emittedCode(whole.kernel))
  const plain = testTensor('int32', [1])
  expect(code.generate!(testContext('NEG', [plain], [plain]), options)).toBeUndefined()
  expect(() => code.generate!(testContext('NEG', [numbers], [plain]), options)).toThrow('expected one of')
})

it('refuses a supported type without a kernel, or a scale, and other sizes', () => {
  const plain = testTensor('int32', [1])
  expect(() => negated.prepare(testContext('NEG', [plain], [plain]))).toThrow('expected one of float32; int8')
  const unscaled = testTensor('int8', [1])
  expect(() => negated.prepare(testContext('NEG', [unscaled], [unscaled]))).toThrow('int8 without a scale')
  expect(() => negated.generate!(testContext('NEG', [stored(1)], [stored(1, 2)]), options)).toThrow(
    ShapeError,
  )
})
