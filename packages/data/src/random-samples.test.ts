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

it('refuses types without random values', () => {
  expect(() => randomSamples({ inputs: [{ shape: [1], type: 'int64' }], count: 1, seed: 0 })).toThrow(
    'an input of type int64',
  )
})
