import { ShapeError, UnsupportedError } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import type { RuntimeTensor } from '../operator.ts'
import { implementationOf } from '../registry.ts'
import { emittedCode } from '../shared/emitted-code.conformance.ts'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'
import { runGenerated } from '../shared/run-generated.conformance.ts'

const prepare = (kind: 'SELECT' | 'SELECT_V2') => implementationOf(kind)!.prepare

describe.each(['SELECT', 'SELECT_V2'] as const)('%s', (kind) => {
  it('takes elements of any type', () => {
    const condition = testTensor('bool', [2, 2], { values: [1, 0, 0, 1] })
    const a = testTensor('int64', [2, 2], { values: [1, 2, 3, 4] })
    const b = testTensor('int64', [2, 2], { values: [5, 6, 7, 8] })
    const output = testTensor('int64', [2, 2])
    prepare(kind)(testContext(kind, [condition, a, b], [output]))()
    expect([...output.data]).toEqual([1n, 6n, 7n, 4n])
  })

  it('refuses conditions that are numbers, mixed types and mixed scales', () => {
    const [condition, real] = [testTensor('bool', [1]), testTensor('float32', [1])]
    const [stored, other] = [testTensor('int8', [1], { scale: 1 }), testTensor('int8', [1], { scale: 2 })]
    expect(() => prepare(kind)(testContext(kind, [real, real, real], [real]))).toThrow(
      'float32, expected bool',
    )
    expect(() => prepare(kind)(testContext(kind, [condition, real, stored], [real]))).toThrow(
      UnsupportedError,
    )
    expect(() => prepare(kind)(testContext(kind, [condition, stored, other], [stored]))).toThrow(
      'got scale 2',
    )
    const longer = testTensor('float32', [3])
    expect(() => prepare(kind)(testContext(kind, [condition, longer, real], [real]))).toThrow(ShapeError)
  })
})

it('SELECT chooses slices by a condition of one dimension, SELECT_V2 repeats it over the last', () => {
  const condition = testTensor('bool', [2], { values: [1, 0] })
  const a = testTensor('float32', [2, 2], { values: [1, 2, 3, 4] })
  const b = testTensor('float32', [2, 2], { values: [5, 6, 7, 8] })
  const output = testTensor('float32', [2, 2])
  prepare('SELECT')(testContext('SELECT', [condition, a, b], [output]))()
  expect([...output.data]).toEqual([1, 2, 7, 8])
  prepare('SELECT_V2')(testContext('SELECT_V2', [condition, a, b], [output]))()
  expect([...output.data]).toEqual([1, 6, 3, 8])
})

it('SELECT_V2 repeats every operand', () => {
  const condition = testTensor('bool', [2, 1], { values: [1, 0] })
  const [a, b] = [
    testTensor('float32', [], { values: [9] }),
    testTensor('float32', [3], { values: [1, 2, 3] }),
  ]
  const output = testTensor('float32', [2, 3])
  prepare('SELECT_V2')(testContext('SELECT_V2', [condition, a, b], [output]))()
  expect([...output.data]).toEqual([9, 9, 9, 1, 2, 3])
})

describe.each(['SELECT', 'SELECT_V2'] as const)('%s as code', (kind) => {
  const options = { innerLoop: 'i16', floatProducts: 'exact' } as const
  const generate = implementationOf(kind)!.generate!
  const condition = testTensor('bool', [3], { values: [1, 0, 1] })

  it.each(['float32', 'int32', 'int8', 'uint8', 'bool'] as const)('of %s equals the step', (type) => {
    const counted = Array.from({ length: 9 }, (_, at) => at + 1)
    const a = testTensor(type, [3, 3], { values: counted })
    const b = testTensor(type, [3], { values: counted.map((value) => value + 20) })
    const [expected, output] = [testTensor(type, [3, 3]), testTensor(type, [3, 3])]
    prepare(kind)(testContext(kind, [condition, a, b], [expected]))()
    runGenerated(generate(testContext(kind, [condition, a, b], [output]), options)!)
    expect(output.data).toEqual(expected.data)
    expect([...output.data].slice(3, 6)).toEqual(kind === 'SELECT' ? [21, 22, 23] : [4, 22, 6])
  })

  it('computes shares', () => {
    const [a, flags] = [testTensor('float32', [40]), testTensor('bool', [40])]
    const context = testContext(kind, [flags, a, a], [a])
    const share = generate(context, { ...options, share: { index: 1, count: 2 } })!
    expect(emittedCode(share.kernel)).not.toEqual(emittedCode(generate(context, options)!.kernel))
    expect(implementationOf(kind)!.divides).toBe(true)
  })

  it.each(['int16', 'int64'] as const)('of %s is left to the reference', (type) => {
    const tensor = testTensor(type, [3])
    expect(generate(testContext(kind, [condition, tensor, tensor], [tensor]), options)).toBeUndefined()
  })

  it('refuses what the reference refuses', () => {
    const [real, longer] = [testTensor('float32', [3]), testTensor('float32', [4])]
    const refused = (...operands: RuntimeTensor[]) =>
      expect(() => generate(testContext(kind, operands, [real]), options))
    refused(real, real, real).toThrow('float32, expected bool')
    refused(condition, longer, real).toThrow(ShapeError)
    refused(condition, real, testTensor('int32', [3])).toThrow(UnsupportedError)
    refused(condition, real, testTensor('float32', [3], { scale: 2 })).toThrow('got scale 2')
  })
})
