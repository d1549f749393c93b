import type { wasm } from '@quantrx/kernels'
import { expect, it } from 'vitest'
import { emittedCode } from '../shared/emitted-code.conformance.ts'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'
import { softmax } from './softmax.ts'

it('SOFTMAX works on the last dimension, with beta', () => {
  const output = testTensor('float32', [2, 2])
  const input = testTensor('float32', [2, 2], { values: [1, 1, 0, Math.log(3)] })
  softmax.prepare(testContext('SOFTMAX', [input], [output], { beta: 2 }))()
  expect([...output.data]).toEqual([0.5, 0.5, expect.closeTo(0.1, 6), expect.closeTo(0.9, 6)])
})

it('SOFTMAX of a vector of int8', () => {
  const output = testTensor('int8', [2], { scale: 1 / 256, zeroPoint: -128 })
  const input = testTensor('int8', [2], { scale: 0.1, values: [5, 5] })
  softmax.prepare(testContext('SOFTMAX', [input], [output], { beta: 1 }))()
  expect([...output.data]).toEqual([0, 0])
})

it('SOFTMAX refuses int16 outputs of another scale than its kernel has', () => {
  const tensor = testTensor('int16', [2], { scale: 1 })
  expect(() => softmax.prepare(testContext('SOFTMAX', [tensor], [tensor], { beta: 1 }))).toThrow(
    'got scale 1 and zero point 0, expected scale 0.000030517578125 and zero point 0',
  )
})

it('SOFTMAX of int16 is generated, in shares, and int8 to int16 is left to the reference', () => {
  const output = testTensor('int16', [4, 10], { scale: 2 ** -15 })
  const options = { innerLoop: 'i16', floatProducts: 'exact' } as const
  const generate = (type: 'int16' | 'int8', share?: wasm.Share) => {
    const input = testTensor(type, [4, 10], { scale: 0.001 })
    const context = testContext('SOFTMAX', [input], [output], { beta: 1 })
    return softmax.generate!(context, { ...options, ...(share && { share }) })
  }
  const [whole, half] = [generate('int16')!, generate('int16', { index: 1, count: 2 })!]
  expect(whole).toMatchObject({ output })
  expect(emittedCode(half.kernel)).not.toEqual(emittedCode(whole.kernel))
  expect(generate('int8')).toBeUndefined()
})
