import { describe, expect, it } from 'vitest'
import { div } from '../ops/div.ts'
import { squaredDifference } from '../ops/squared-difference.ts'
import type { OperatorImplementation } from '../operator.ts'
import { emittedCode } from './emitted-code.conformance.ts'
import { testContext, testTensor } from './operator-context.conformance.ts'
import { runGenerated } from './run-generated.conformance.ts'

const options = { innerLoop: 'i16', floatProducts: 'exact' } as const
const types = ['int8', 'uint8'] as const
const operators = [div, squaredDifference] as unknown as readonly OperatorImplementation[]
const cases = operators.flatMap((operator) => types.map((type) => ({ operator, type })))

describe.each(cases)('$operator.kind of $type', ({ operator: { kind, prepare, generate }, type }) => {
  const output = (rows: number) => testTensor(type, [rows, 256], { scale: 0.125, zeroPoint: 3 })
  const numbers = (rows: number) =>
    testTensor(type, [rows, 256], {
      ...{ scale: 0.5, zeroPoint: 2 },
      values: Array.from({ length: rows * 256 }, (_, at) => at),
    })
  const known = (constant: boolean) =>
    testTensor(type, [], { scale: 0.25, zeroPoint: 5, values: [14], constant })

  it.each([0, 1])('equals the step with one number in place %d, constant or not', (at) => {
    for (const [constant, rows] of [
      [true, 2],
      [false, 64],
    ] as const) {
      const many = numbers(rows)
      const inputs = at === 0 ? [known(constant), many] : [many, known(constant)]
      const [expected, found] = [output(rows), output(rows)]
      prepare(testContext(kind, inputs, [expected]))()
      const bound = generate!(testContext(kind, inputs, [found]), options)!
      expect(bound.inputs).toEqual(constant ? [many] : inputs)
      runGenerated(bound)
      expect(found.data.every((value, each) => value === expected.data[each])).toBe(true)
      expect(new Set(found.data).size).toBeGreaterThan(8)
    }
  })

  it('leaves few outputs of computed operands to the reference', () => {
    const context = testContext(kind, [numbers(63), numbers(63)], [output(63)])
    expect(generate!(context, options)).toBeUndefined()
  })

  it('computes shares', () => {
    const context = testContext(kind, [numbers(64), numbers(64)], [output(64)])
    const [half, other] = [0, 1].map((index) =>
      generate!(context, { ...options, share: { index, count: 2 } })!,
    )
    expect(emittedCode(half!.kernel)).not.toEqual(emittedCode(other!.kernel))
  })

  it('refuses tensors without a scale, as the reference does', () => {
    const bare = testTensor(type, [2, 256])
    expect(() => generate!(testContext(kind, [numbers(2), bare], [output(2)]), options)).toThrow(
      'without a scale',
    )
  })
})
