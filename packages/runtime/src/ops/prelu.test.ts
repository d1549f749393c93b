import { ShapeError } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import type { RuntimeTensor } from '../operator.ts'
import { emittedCode } from '../shared/emitted-code.conformance.ts'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'
import { prelu } from './prelu.ts'

const options = { innerLoop: 'i16', floatProducts: 'exact' } as const
const quantized = { scale: 0.5, zeroPoint: 3 }
const slopeValues = Array.from({ length: 40 }, (_, at) => at)

const contextOf = (slopes: RuntimeTensor, type: 'float32' | 'int8' | 'uint8') => {
  const [input, output] = [
    testTensor(type, [1, 3, 5, 40], quantized),
    testTensor(type, [1, 3, 5, 40], quantized),
  ]
  return testContext('PRELU', [input, slopes], [output])
}

describe.each(['float32', 'int8', 'uint8'] as const)('%s', (type) => {
  it.each([true, false])('is generated, in shares; slopes are constant: %s', (constant) => {
    const details = { scale: 0.01, zeroPoint: 3, values: slopeValues, constant }
    const context = contextOf(testTensor(type, [1, 1, 40], details), type)
    const whole = prelu.generate!(context, options)!
    // Known slopes are in the code of integers.
    const read = constant && type !== 'float32' ? context.inputs.slice(0, 1) : context.inputs
    expect(whole).toMatchObject({ inputs: read, output: context.outputs[0] })
    const share = prelu.generate!(context, { ...options, share: { index: 1, count: 2 } })!
    expect(emittedCode(share.kernel)).not.toEqual(emittedCode(whole.kernel))
  })

  it('refuses slopes that do not fit', () => {
    const context = contextOf(testTensor(type, [7], quantized), type)
    expect(() => prelu.generate!(context, options)).toThrow(ShapeError)
  })
})

it('takes constant slopes in any order', () => {
  const slopes = testTensor('int8', [3, 1, 1], { scale: 0.01, values: [1, 2, 3], constant: true })
  const context = contextOf(slopes, 'int8')
  expect(prelu.generate!(context, options)!.inputs).toEqual(context.inputs)
})
