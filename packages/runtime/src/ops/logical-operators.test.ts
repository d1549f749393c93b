import { ShapeError, UnsupportedError } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import type { OperatorImplementation } from '../operator.ts'
import { emittedCode } from '../shared/emitted-code.conformance.ts'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'
import { runGenerated } from '../shared/run-generated.conformance.ts'
import { logicalAnd } from './logical-and.ts'
import { logicalNot } from './logical-not.ts'
import { logicalOr } from './logical-or.ts'

const options = { innerLoop: 'i16', floatProducts: 'exact' } as const
const values = Array.from({ length: 40 }, (_, at) => at & 1)

const cases = [
  { operator: logicalAnd, operands: 2 },
  { operator: logicalOr, operands: 2 },
  { operator: logicalNot, operands: 1 },
] as unknown as readonly { readonly operator: OperatorImplementation; readonly operands: number }[]

describe.each(cases)('$operator.kind', ({ operator: { kind, prepare, generate, divides }, operands }) => {
  const inputs = [
    testTensor('bool', [40], { values }),
    testTensor('bool', [40], { values: values.map((_, at) => (at >> 1) & 1) }),
  ].slice(0, operands)

  it('is generated, in shares, and equals the step', () => {
    const [expected, output] = [testTensor('bool', [40]), testTensor('bool', [40])]
    prepare(testContext(kind, inputs, [expected]))()
    const whole = generate!(testContext(kind, inputs, [output]), options)!
    runGenerated(whole)
    expect(output.data).toEqual(expected.data)
    expect(new Set(output.data).size).toBe(2)
    expect(divides).toBe(true)
    const share = generate!(testContext(kind, inputs, [output]), {
      ...options,
      share: { index: 1, count: 2 },
    })!
    expect(emittedCode(share.kernel)).not.toEqual(emittedCode(whole.kernel))
  })

  it('refuses what the reference refuses', () => {
    const other = testTensor('int8', [40], { scale: 1 })
    expect(() => generate!(testContext(kind, inputs, [other]), options)).toThrow(UnsupportedError)
    expect(() => generate!(testContext(kind, inputs, [testTensor('bool', [41])]), options)).toThrow(
      ShapeError,
    )
  })
})

it('LOGICAL_AND of different types is refused', () => {
  const [a, b] = [testTensor('bool', [4]), testTensor('int8', [4])]
  expect(() => logicalAnd.generate!(testContext('LOGICAL_AND', [a, b], [a]), options)).toThrow(
    UnsupportedError,
  )
})
