import { elementCount, seededRandom } from '@quantrx/core'
import { randomSamples } from '@quantrx/data'
import { evaluateModel, sqnr } from '@quantrx/evaluators'
import { compile } from '@quantrx/runtime'
import { expect, it } from 'vitest'
import { customOperator, decoding, dynamicBatch } from './families/index.ts'

it('evaluates with the shape of the first sample, and with custom operators', async () => {
  for (const [{ model, customOperators }, shape] of [
    [dynamicBatch, [5, 4, 4, 3]],
    [customOperator, [1, 16]],
  ] as const) {
    const open = randomSamples({ inputs: [{ shape, type: 'float32' }], count: 2, seed: 1 })
    const { samples, metrics } = await evaluateModel({
      ...{ model: model(), reference: model(), open, metrics: [sqnr()] },
      ...(customOperators && { customOperators }),
    })
    expect([samples, metrics.sqnr]).toEqual([2, Infinity])
  }
})

it('takes inputs by the names of a signature', async () => {
  const program = await compile(decoding.model(), { signature: 'decode' })
  expect([program.inputNames, program.outputNames]).toEqual([
    ['cache', 'position', 'token'],
    ['logits', 'updated'],
  ])
  const random = seededRandom(2)
  const real = (shape: readonly number[]) => {
    const data = Float32Array.from({ length: elementCount(shape) }, () => random.normal())
    return { type: 'float32', shape, data } as const
  }
  const [cache, token] = [real([1, 4, 8]), real([1, 1, 8])]
  const position = { type: 'int32', shape: [3], data: Int32Array.of(0, 2, 0) } as const
  const named = program.run({ token, position, cache }).map(({ data }) => data.slice())
  expect(program.run([cache, position, token]).map(({ data }) => data)).toEqual(named)
  expect(() => program.run({ token, cache })).toThrow('one tensor for each of cache, position, token')
  await expect(compile(decoding.model(), { signature: 'other' })).rejects.toThrow('one of encode, decode')
})
