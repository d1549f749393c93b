import { ShapeError, UnsupportedError } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { equal } from '../ops/equal.ts'
import { greaterEqual } from '../ops/greater-equal.ts'
import { greater } from '../ops/greater.ts'
import { lessEqual } from '../ops/less-equal.ts'
import { less } from '../ops/less.ts'
import { notEqual } from '../ops/not-equal.ts'
import type { OperatorImplementation } from '../operator.ts'
import { emittedCode } from './emitted-code.conformance.ts'
import { testContext, testTensor } from './operator-context.conformance.ts'
import { runGenerated } from './run-generated.conformance.ts'

const options = { innerLoop: 'i16', floatProducts: 'exact' } as const
const operators = [
  equal,
  greater,
  greaterEqual,
  less,
  lessEqual,
  notEqual,
] as readonly OperatorImplementation[]
const bytes = Array.from({ length: 256 }, (_, at) => at - 128)

describe.each(operators)('$kind', ({ kind, prepare, generate, divides }) => {
  it.each(['float32', 'int32', 'int8', 'uint8'] as const)('of %s equals the step, in shares', (type) => {
    const quantized = type.endsWith('8') ? { scale: 0.5, zeroPoint: 3 } : {}
    const values = Array.from({ length: 80 }, (_, at) => (at * 7) % 5)
    const [a, b] = [
      testTensor(type, [2, 40], { ...quantized, values }),
      testTensor(type, [40], {
        ...quantized,
        values: values.slice(0, 40).map((value) => (value * 3 + 1) % 5),
      }),
    ]
    const [expected, output] = [testTensor('bool', [2, 40]), testTensor('bool', [2, 40])]
    prepare(testContext(kind, [a, b], [expected]))()
    const context = testContext(kind, [a, b], [output])
    const whole = generate!(context, options)!
    runGenerated(whole)
    expect(output.data).toEqual(expected.data)
    expect(new Set(output.data).size).toBe(2)
    expect(divides).toBe(true)
    const share = generate!(context, { ...options, share: { index: 1, count: 2 } })!
    expect(emittedCode(share.kernel)).not.toEqual(emittedCode(whole.kernel))
  })

  it.each([0, 1])('with a constant of another scale in place %d looks up the other operand', (at) => {
    const numbers = testTensor('int8', [256], { scale: 0.5, zeroPoint: 3, values: bytes })
    const known = testTensor('int8', [], { scale: 0.25, zeroPoint: -7, values: [33], constant: true })
    const inputs = at === 0 ? [known, numbers] : [numbers, known]
    const [expected, output] = [testTensor('bool', [256]), testTensor('bool', [256])]
    prepare(testContext(kind, inputs, [expected]))()
    const bound = generate!(testContext(kind, inputs, [output]), options)!
    expect(bound.inputs).toEqual([numbers])
    runGenerated(bound)
    expect(output.data).toEqual(expected.data)
    expect(new Set(output.data).size).toBe(2)
  })

  it.each(['int16', 'int64'] as const)('of %s is left to the reference', (type) => {
    const tensor = testTensor(type, [4], { scale: 1 })
    expect(generate!(testContext(kind, [tensor, tensor], [testTensor('bool', [4])]), options)).toBeUndefined()
  })

  it('refuses what the reference refuses', () => {
    const [a, b, output] = [testTensor('float32', [4]), testTensor('int32', [4]), testTensor('bool', [4])]
    const refused = (context: ReturnType<typeof testContext>) => expect(() => generate!(context, options))
    refused(testContext(kind, [a, b], [output])).toThrow(UnsupportedError)
    refused(testContext(kind, [a, a], [b])).toThrow(UnsupportedError)
    refused(testContext(kind, [a, a], [testTensor('bool', [5])])).toThrow(ShapeError)
    const bare = testTensor('int8', [4])
    refused(testContext(kind, [bare, bare], [output])).toThrow('int8 without a scale')
  })
})

it.each([equal, notEqual] as readonly OperatorImplementation[])('$kind of booleans', (operator) => {
  const { kind, prepare, generate } = operator
  const [a, b] = [
    [0, 1, 0, 1],
    [0, 0, 1, 1],
  ].map((values) => testTensor('bool', [4], { values }))
  const [expected, output] = [testTensor('bool', [4]), testTensor('bool', [4])]
  prepare(testContext(kind, [a, b], [expected]))()
  runGenerated(generate!(testContext(kind, [a, b], [output]), options)!)
  expect(output.data).toEqual(expected.data)
})
