import { ShapeError, UnsupportedError } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { div } from '../ops/div.ts'
import { maximum } from '../ops/maximum.ts'
import { minimum } from '../ops/minimum.ts'
import { squaredDifference } from '../ops/squared-difference.ts'
import type { OperatorImplementation } from '../operator.ts'
import { emittedCode } from './emitted-code.conformance.ts'
import { testContext, testTensor } from './operator-context.conformance.ts'

const options = { innerLoop: 'i16', floatProducts: 'exact' } as const
const quantized = { scale: 0.5, zeroPoint: 3 }

interface Case {
  readonly operator: OperatorImplementation
  readonly types: readonly ('float32' | 'int32' | 'int16' | 'int8' | 'uint8')[]
  readonly others: readonly ('int32' | 'int64' | 'int8')[]
}

const cases = [
  { operator: maximum, types: ['float32', 'int32', 'int16', 'int8', 'uint8'], others: ['int64'] },
  { operator: minimum, types: ['float32', 'int32', 'int16', 'int8', 'uint8'], others: ['int64'] },
  { operator: div, types: ['float32'], others: ['int32', 'int8'] },
  { operator: squaredDifference, types: ['float32', 'int32'], others: ['int8'] },
] as unknown as readonly Case[]

describe.each(cases)('$operator.kind', ({ operator: { kind, generate, divides }, types, others }) => {
  it.each(types)('of %s is generated, in shares', (type) => {
    const quantization = type === 'int16' ? { scale: 0.5 } : quantized
    const [a, b, output] = [[2, 40], [40], [2, 40]].map((shape) => testTensor(type, shape, quantization))
    const context = testContext(kind, [a!, b!], [output!])
    const whole = generate!(context, options)!
    expect(whole).toMatchObject({ inputs: [a, b], output })
    expect(divides).toBe(true)
    const share = generate!(context, { ...options, share: { index: 1, count: 2 } })!
    expect(emittedCode(share.kernel)).not.toEqual(emittedCode(whole.kernel))
  })

  it.each(others)('of %s is left to the reference', (type) => {
    const tensor = testTensor(type, [4], { scale: 1 })
    expect(generate!(testContext(kind, [tensor, tensor], [tensor]), options)).toBeUndefined()
  })

  it('refuses shapes that the reference refuses', () => {
    const [a, b] = [testTensor('float32', [2, 2]), testTensor('float32', [2])]
    expect(() => generate!(testContext(kind, [a, b], [b]), options)).toThrow(ShapeError)
  })
})

it.each([maximum, minimum] as unknown as readonly OperatorImplementation[])(
  '$kind of other scales is refused',
  ({ kind, generate }) => {
    const [a, b] = [testTensor('int8', [4], quantized), testTensor('int8', [4], { scale: 0.25 })]
    expect(() => generate!(testContext(kind, [a, b], [a]), options)).toThrow(UnsupportedError)
  },
)
