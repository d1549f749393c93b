import { ShapeError, UnsupportedError } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { embeddingLookup } from '../ops/embedding-lookup.ts'
import { gather } from '../ops/gather.ts'
import { emittedCode } from './emitted-code.conformance.ts'
import { testContext, testTensor } from './operator-context.conformance.ts'
import { runGenerated } from './run-generated.conformance.ts'

const options = { innerLoop: 'i16', floatProducts: 'exact' } as const
const values = Array.from({ length: 60 }, (_, at) => at + 1)
const types = ['float32', 'int8', 'uint8', 'int16', 'int64', 'bool'] as const
const indices = testTensor('int32', [2, 2], { values: [3, 0, 4, 3], constant: true })

describe('GATHER', () => {
  it.each(types)('of %s by constant indices equals the step', (type) => {
    const input = testTensor(type, [3, 5, 4], { values })
    const [expected, output] = [testTensor(type, [3, 2, 2, 4]), testTensor(type, [3, 2, 2, 4])]
    gather.prepare(testContext('GATHER', [input, indices], [expected], { axis: -2 }))()
    const bound = gather.generate!(testContext('GATHER', [input, indices], [output], { axis: -2 }), options)!
    expect(bound).toMatchObject({ inputs: [input], output })
    runGenerated(bound)
    expect(output.data).toEqual(expected.data)
  })

  it('computes shares', () => {
    const context = testContext(
      'GATHER',
      [testTensor('int8', [5, 4]), indices],
      [testTensor('int8', [2, 2, 4])],
    )
    const share = gather.generate!(context, { ...options, share: { index: 1, count: 2 } })!
    expect(emittedCode(share.kernel)).not.toEqual(emittedCode(gather.generate!(context, options)!.kernel))
    expect(gather.divides).toBe(true)
  })

  it('by computed indices, or by one outside the tensor, is left to the reference', () => {
    const [input, output] = [testTensor('int8', [4, 4]), testTensor('int8', [2, 2, 4])]
    const generate = (at: typeof indices) =>
      gather.generate!(testContext('GATHER', [input, at], [output]), options)
    expect(generate(testTensor('int32', [2, 2]))).toBeUndefined()
    expect(generate(indices)).toBeUndefined()
  })

  it('refuses what the reference refuses', () => {
    const [input, output] = [testTensor('int8', [5, 4]), testTensor('int8', [2, 2, 4])]
    const refused = (...[from, at, to]: readonly [typeof input, typeof indices, typeof input]) =>
      expect(() => gather.generate!(testContext('GATHER', [from, at], [to]), options))
    refused(input, indices, input).toThrow(ShapeError)
    refused(input, indices, { ...output, type: 'uint8' } as unknown as typeof input).toThrow(UnsupportedError)
    refused(input, { ...indices, type: 'int16' } as unknown as typeof indices, output).toThrow(
      'int32 or int64',
    )
  })
})

describe('EMBEDDING_LOOKUP', () => {
  const rows = testTensor('int32', [3], { values: [4, 0, 4], constant: true })

  it.each(types)('of %s by constant indices equals the step', (type) => {
    const table = testTensor(type, [5, 12], { values })
    const [expected, output] = [testTensor(type, [3, 12]), testTensor(type, [3, 12])]
    embeddingLookup.prepare(testContext('EMBEDDING_LOOKUP', [rows, table], [expected]))()
    const context = testContext('EMBEDDING_LOOKUP', [rows, table], [output])
    const bound = embeddingLookup.generate!(context, options)!
    expect(bound).toMatchObject({ inputs: [table], output })
    runGenerated(bound)
    expect(output.data).toEqual(expected.data)
    const share = embeddingLookup.generate!(context, { ...options, share: { index: 1, count: 2 } })!
    expect(emittedCode(share.kernel)).not.toEqual(emittedCode(bound.kernel))
    expect(embeddingLookup.divides).toBe(true)
  })

  it('with scales, or by computed indices, is left to the reference', () => {
    const [table, output] = [testTensor('int8', [5, 12], { scale: 0.5 }), testTensor('float32', [3, 12])]
    const generate = (...inputs: Parameters<typeof testContext>[1]) =>
      embeddingLookup.generate!(testContext('EMBEDDING_LOOKUP', inputs, [output]), options)
    expect(generate(rows, table)).toBeUndefined()
    expect(generate(testTensor('int32', [3]), testTensor('float32', [5, 12]))).toBeUndefined()
  })
})
