import { ShapeError } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import type { OperatorImplementation } from '../operator.ts'
import { argMax } from '../ops/arg-max.ts'
import { argMin } from '../ops/arg-min.ts'
import { emittedCode } from './emitted-code.conformance.ts'
import { testContext, testTensor } from './operator-context.conformance.ts'

const options = { innerLoop: 'i16', floatProducts: 'exact' } as const

const axis = (value: number) => testTensor('int32', [], { values: [value], constant: true })

describe.each([argMax, argMin] as readonly OperatorImplementation[])(
  '$kind',
  ({ kind, divides, generate }) => {
    it.each(['float32', 'int8', 'uint8'] as const)('of %s is generated, in shares', (type) => {
      const [input, output] = [testTensor(type, [4, 3, 5]), testTensor('int64', [4, 3])]
      const context = testContext(kind, [input, axis(-1)], [output])
      const whole = generate!(context, options)!
      expect(whole).toMatchObject({ inputs: [input], output })
      expect(divides).toBe(true)
      const share = generate!(context, { ...options, share: { index: 1, count: 2 } })!
      expect(emittedCode(share.kernel)).not.toEqual(emittedCode(whole.kernel))
    })

    it('of int16 and of nothing is left to the reference', () => {
      const output = testTensor('int32', [2])
      for (const input of [testTensor('int16', [2, 3]), testTensor('float32', [2, 0])])
        expect(generate!(testContext(kind, [input, axis(1)], [output]), options)).toBeUndefined()
    })

    it('refuses what the reference refuses', () => {
      const input = testTensor('float32', [2, 3])
      const generated = (output: ReturnType<typeof testTensor>, at = 1) =>
        generate!(testContext(kind, [input, axis(at)], [output]), options)
      expect(() => generated(testTensor('int32', [3]))).toThrow(ShapeError)
      expect(() => generated(testTensor('int32', [2]), 2)).toThrow('axis 2 of shape [2, 3]')
      expect(() => generated(testTensor('float32', [2]))).toThrow('expected int32 or int64')
    })
  },
)
