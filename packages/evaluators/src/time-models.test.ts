import { expect, it } from 'vitest'
import { exampleCandidate, exampleModel } from './example.conformance.ts'
import { timeModels } from './time-models.ts'

const models = [exampleModel(), exampleCandidate().model]
const inputs = [{ type: 'float32', shape: [2], data: Float32Array.of(1, 2) } as const]

it('times each model by itself', async () => {
  const times = await timeModels(models, inputs)
  expect(times).toHaveLength(2)
  for (const time of times) expect(time).toBeGreaterThan(0)
})

it('ends with the reason when it is aborted', async () => {
  const signal = AbortSignal.abort(new Error('enough'))
  await expect(timeModels(models, inputs, { signal })).rejects.toThrow('enough')
})
