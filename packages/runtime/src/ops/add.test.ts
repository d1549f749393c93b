import { ShapeError, UnsupportedError } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'
import { add } from './add.ts'

const quantized = { scale: 0.5, zeroPoint: 0 }

describe('ADD', () => {
  it('adds float32 with broadcasting and the fused activation', () => {
    const output = testTensor('float32', [2, 2])
    const inputs = [
      testTensor('float32', [2, 2], { values: [1, 2, 3, 4] }),
      testTensor('float32', [2], { values: [-2, 3] }),
    ]
    add.prepare(testContext('ADD', inputs, [output], { fusedActivationFunction: 'RELU6' }))()
    expect([...output.data]).toEqual([0, 5, 1, 6])
  })

  it('adds plain int32', () => {
    const output = testTensor('int32', [2])
    const input = testTensor('int32', [2], { values: [1, -7] })
    add.prepare(testContext('ADD', [input, input], [output]))()
    expect([...output.data]).toEqual([2, -14])
  })

  it.each(['int8', 'uint8', 'int16'] as const)('adds quantized %s', (type) => {
    const output = testTensor(type, [2], quantized)
    const input = testTensor(type, [2], { ...quantized, values: [3, 50] })
    add.prepare(testContext('ADD', [input, input], [output], { potScaleInt16: false }))()
    expect([...output.data]).toEqual([6, 100])
  })

  it('refuses mixed types, naming them and what is supported', () => {
    const context = testContext(
      'ADD',
      [testTensor('float32', [2]), testTensor('int8', [2], quantized)],
      [testTensor('float32', [2])],
    )
    expect(() => add.prepare(context)).toThrow(UnsupportedError)
    expect(() => add.prepare(context)).toThrow(
      '"ADD": got inputs of type float32, int8 and outputs of type float32, expected one of float32; int8',
    )
  })

  it('refuses the old int16 arithmetic', () => {
    const tensor = testTensor('int16', [2], quantized)
    expect(() => add.prepare(testContext('ADD', [tensor, tensor], [tensor]))).toThrow('pot_scale_int16')
  })

  it('refuses int16 with a zero point', () => {
    const tensor = testTensor('int16', [2], { scale: 1, zeroPoint: 5 })
    const context = testContext('ADD', [tensor, tensor], [tensor], { potScaleInt16: false })
    expect(() => add.prepare(context)).toThrow('got int16 with zero point 5, expected zero point 0')
  })

  it.each([0, NaN, Infinity, -1])('refuses a scale of %d', (scale) => {
    const tensor = testTensor('int8', [2], { scale })
    expect(() => add.prepare(testContext('ADD', [tensor, tensor], [tensor]))).toThrow('a positive scale')
  })

  it('refuses an activation that cannot be fused', () => {
    const tensor = testTensor('float32', [2])
    const context = testContext('ADD', [tensor, tensor], [tensor], { fusedActivationFunction: 'TANH' })
    expect(() => add.prepare(context)).toThrow('got TANH, expected one of NONE, RELU')
  })

  it('refuses shapes that do not fit together', () => {
    const [a, b] = [testTensor('float32', [2, 2]), testTensor('float32', [2])]
    expect(() => add.prepare(testContext('ADD', [a, b], [b]))).toThrow(ShapeError)
    expect(() => add.prepare(testContext('ADD', [a, b], [b]))).toThrow(
      'got output shape [2], expected [2, 2]',
    )
    expect(() => add.prepare(testContext('ADD', [a], [b]))).toThrow('got no input 1')
  })
})
