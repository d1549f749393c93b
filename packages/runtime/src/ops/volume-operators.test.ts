import { describe, expect, it } from 'vitest'
import type { RuntimeTensor } from '../operator.ts'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'
import { conv3dTranspose } from './conv-3d-transpose.ts'
import { conv3d } from './conv-3d.ts'

const real = (...shape: readonly number[]) => testTensor('float32', shape)
const list = (...values: readonly number[]) =>
  testTensor('int32', [values.length], { values, constant: true })

describe('CONV_3D and CONV_3D_TRANSPOSE', () => {
  const options = { strideD: 1, strideH: 1, strideW: 1 }
  const convolve = (...operands: readonly RuntimeTensor[]) => {
    const output = operands.at(-1)!
    return conv3d.prepare(testContext('CONV_3D', operands.slice(0, -1), [output], options))
  }

  it('refuse channels and biases that the filter does not have, and other types', () => {
    const [image, filter] = [real(1, 2, 2, 2, 3), real(1, 1, 1, 3, 2)]
    expect(() => convolve(image, filter, real(1, 2, 2, 2, 3))).toThrow(
      'expected 3 channels of input, 2 of output',
    )
    expect(() => convolve(real(1, 2, 2, 2, 1), filter, real(1, 2, 2, 2, 2))).toThrow('expected 3 channels')
    expect(() => convolve(image, filter, real(3), real(1, 2, 2, 2, 2))).toThrow('3 biases')
    expect(() => convolve(image, filter, real(1, 2, 2, 1, 2))).toThrow('expected [1, 2, 2, 2, channels]')
    expect(() => convolve(testTensor('int8', image.shape), filter, real(1, 2, 2, 2, 2))).toThrow('got int8')
  })

  it('refuse to compute another shape than the one that is asked for', () => {
    const prepare = (shape: RuntimeTensor, output: RuntimeTensor, input = real(1, 2, 2, 2, 3)) =>
      conv3dTranspose.prepare(
        testContext('CONV_3D_TRANSPOSE', [shape, real(1, 1, 1, 2, 3), input], [output], options),
      )
    expect(() => prepare(list(1, 2, 2, 2, 2), real(1, 2, 2, 1, 2))).toThrow(
      'got output shape [1, 2, 2, 1, 2]',
    )
    expect(() => prepare(list(1, 3, 2, 2, 2), real(1, 3, 2, 2, 2))).toThrow('got [1, 2, 2, 2, 3] for windows')
    expect(() => prepare(testTensor('int32', [5]), real(1, 2, 2, 2, 2))).toThrow('computed at run time')
  })
})
