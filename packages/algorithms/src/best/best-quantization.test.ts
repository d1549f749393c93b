import type { Sample } from '@quantrx/core'
import { int8, int8PerTensor } from '@quantrx/schemes'
import { writeModel } from '@quantrx/tflite'
import { describe, expect, it } from 'vitest'
import { correctBiases } from '../bias-correction/correct-biases.ts'
import {
  exampleCalibration,
  exampleNetwork,
  exampleSamples,
  opens,
} from '../graph/example-network.conformance.ts'
import { improve } from '../improve/improve.ts'
import { improvedCandidate } from '../improve/improve-candidate.ts'
import { bestQuantization } from './best-quantization.ts'
import { sampleErrors } from './sample-errors.ts'

const model = exampleNetwork()
const total = (errors: readonly number[]): number => errors.reduce((sum, error) => sum + error, 0)

async function defaultOf(samples: readonly Sample[]) {
  const calibration = await exampleCalibration(model, samples)
  const plan = { model, calibration, scheme: int8(), algorithms: ['bias-correction'] as const }
  return improvedCandidate({ ...plan, open: opens(samples) })
}

describe('the best of a network with channels of very different sizes', async () => {
  const samples = exampleSamples(60)
  const best = await bestQuantization({ model, scheme: int8(), open: opens(samples) })

  it('has what clearly gains on samples that were held out, and says so', () => {
    expect(best.decisions.map(({ addition }) => addition)).toEqual(['mse', 'gptq', 'equalize'])
    expect(best.decisions.every(({ samples: count }) => count === 30)).toBe(true)
    expect(best.decisions.some(({ taken }) => taken)).toBe(true)
    for (const { taken, gainDb, why } of best.decisions) {
      if (taken) expect(gainDb).toBeGreaterThan(0)
      expect(why).toContain(taken ? ', taken' : ', not taken')
    }
    expect(best.algorithms.at(-1)).toBe('bias-correction')
  })

  it('is closer to the float model than the default on samples that nobody has seen', async () => {
    const unseen = exampleSamples(60, 9)
    const own = total(await sampleErrors(best.candidate.model, model, unseen))
    expect(own).toBeLessThan(total(await sampleErrors((await defaultOf(samples)).model, model, unseen)))
  })

  it('is what the algorithm of that name gives, the same bytes again', async () => {
    const calibration = await exampleCalibration(model, samples)
    const notes: string[] = []
    const plan = { model, calibration, scheme: int8(), algorithms: ['best'] as const, open: opens(samples) }
    const again = await improve(plan, { note: (text) => notes.push(text) })
    expect(writeModel(again.model)).toEqual(writeModel(best.candidate.model))
    expect(notes).toEqual(best.decisions.map(({ why }) => why))
    const told: unknown[] = []
    const host = { note: (text: string) => told.push(text), onBest: (choice: unknown) => told.push(choice) }
    const { candidate: _, ...choice } = best
    await improve(plan, host)
    expect(told).toEqual([choice])
  })
})

it.each([1, 2, 9])('is the default for %d samples, which tell nothing', async (count) => {
  const samples = exampleSamples(count)
  const { candidate, decisions, observer } = await bestQuantization({
    ...{ model, scheme: int8(), open: opens(samples) },
  })
  expect(decisions.filter(({ taken }) => taken)).toEqual([])
  expect(observer).toBe('minmax')
  expect(writeModel(candidate.model)).toEqual(writeModel((await defaultOf(samples)).model))
})

it('makes weights alike first where one scale has to do for all channels', async () => {
  const plan = { model, scheme: int8PerTensor(), open: opens(exampleSamples(120)) }
  const { decisions, algorithms } = await bestQuantization(plan)
  expect(decisions[0]).toMatchObject({ addition: 'equalize', taken: true })
  expect(algorithms).toContain('equalize')
})

it('says that there are no samples', async () => {
  await expect(bestQuantization({ model, scheme: int8(), open: opens([]) })).rejects.toThrow('no samples')
})

it('counts as errors what models differ by, and nothing between a model and itself', async () => {
  const samples = exampleSamples(5)
  expect(await sampleErrors(model, model, samples)).toEqual([0, 0, 0, 0, 0])
  const plain = await defaultOf(samples)
  const corrected = await correctBiases(plain, opens(samples))
  for (const each of [plain, corrected]) {
    const errors = await sampleErrors(each.model, model, samples)
    expect(errors).toHaveLength(5)
    expect(errors.every((error) => error > 0 && error < 0.1)).toBe(true)
  }
})
