import { expect, it } from 'vitest'
import { randomSamples } from './random-samples.ts'
import { readAll } from './read-all.conformance.ts'

const source = {
  inputs: [
    { shape: [2, 3], type: 'float32' as const },
    { shape: [4], type: 'int8' as const },
  ],
  count: 5,
}

it('gives the same samples for the same seed', async () => {
  const all = await readAll(randomSamples({ ...source, seed: 1 }))
  expect(all).toHaveLength(5)
  expect(all[4]?.inputs.map(({ type, data }) => [type, data.length])).toEqual([
    ['float32', 6],
    ['int8', 4],
  ])
  expect(await readAll(randomSamples({ ...source, seed: 1 }))).toEqual(all)
  expect(await readAll(randomSamples({ ...source, seed: 2 }))).not.toEqual(all)
})

it('gives small numbers for indices of 64 bits', async () => {
  const [sample] = await readAll(
    randomSamples({ inputs: [{ shape: [50], type: 'int64' }], count: 1, seed: 0 }),
  )
  const values = Array.from(sample!.inputs[0]!.data as BigInt64Array, Number)
  expect([Math.min(...values), Math.max(...values)]).toEqual([0, 9])
})

it.each(['float16', 'complex64'] as const)('has no random values of %s', (type) => {
  expect(() => randomSamples({ inputs: [{ shape: [1], type }], count: 1, seed: 0 })).toThrow(
    `an input of type ${type}`,
  )
})
