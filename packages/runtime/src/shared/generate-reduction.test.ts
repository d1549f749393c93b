import { ShapeError } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import type { OperatorImplementation } from '../operator.ts'
import { mean } from '../ops/mean.ts'
import { reduceMax } from '../ops/reduce-max.ts'
import { reduceMin } from '../ops/reduce-min.ts'
import { sum } from '../ops/sum.ts'
import { emittedCode } from './emitted-code.conformance.ts'
import { testContext, testTensor } from './operator-context.conformance.ts'

const options = { innerLoop: 'i16', floatProducts: 'exact' } as const
const quantized = { scale: 0.5, zeroPoint: 3 }

const axes = (...values: readonly number[]) =>
  testTensor('int32', [values.length], { values, constant: true })

describe.each([mean, sum, reduceMax, reduceMin] as readonly OperatorImplementation[])(
  '$kind',
  ({ kind, divides, generate }) => {
    it.each(['float32', 'int8', 'uint8', 'int16'] as const)('of %s is generated, in shares', (type) => {
      const quantization = type === 'int16' ? { scale: 0.5 } : quantized
      const [input, output] = [
        testTensor(type, [4, 3, 5], quantization),
        testTensor(type, [4, 5], quantization),
      ]
      const context = testContext(kind, [input, axes(1)], [output])
      const whole = generate!(context, options)!
      expect(whole).toMatchObject({ inputs: [input], output })
      expect(divides).toBe(true)
      const share = generate!(context, { ...options, share: { index: 1, count: 2 } })!
      expect(emittedCode(share.kernel)).not.toEqual(emittedCode(whole.kernel))
    })

    it('of axes in three places and of nothing is left to the reference', () => {
      const many = [testTensor('float32', [2, 2, 2, 2, 2]), testTensor('float32', [2, 2])]
      expect(generate!(testContext(kind, [many[0], axes(0, 2, 4)], [many[1]!]), options)).toBeUndefined()
      const empty = [testTensor('float32', [0, 2]), testTensor('float32', [2])]
      expect(generate!(testContext(kind, [empty[0], axes(0)], [empty[1]!]), options)).toBeUndefined()
    })

    it('refuses what the reference refuses', () => {
      const [input, output] = [testTensor('float32', [2, 2]), testTensor('float32', [3])]
      expect(() => generate!(testContext(kind, [input, axes(0)], [output]), options)).toThrow(ShapeError)
      const wrong = testTensor('int8', [2], quantized)
      expect(() => generate!(testContext(kind, [input, axes(0)], [wrong]), options)).toThrow('int8')
    })
  },
)
