import { readFile } from 'node:fs/promises'
import { defaultImagePreparation } from '@quantrx/data'
import { readModel } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { describeWithFixtures, readFixture } from '@quantrx/testing'
import { expect, it } from 'vitest'
import { demoFiles } from './demo-files.ts'
import { inputPreparation } from './input-preparation.ts'

const seed = 0

it('says what the options say, and defaults', async () => {
  const demo = readModel(await readFile(demoFiles.model))
  expect(inputPreparation({ seed }, demo)).toEqual({ images: defaultImagePreparation })
  const options = { seed, fit: 'pad', normalize: { mean: 0, std: 255 } } as const
  expect(inputPreparation(options, demo)).toEqual({
    images: { ...defaultImagePreparation, fit: 'pad' },
    normalize: { mean: 0, std: 255, saidBy: 'option' },
  })
})

describeWithFixtures('a model whose metadata says how pixels are normalized', () => {
  const official = readModel(readFixture('data/models/mobilenet_v1_0.25_224_uint8_qat_official.tflite'))
  const [graph] = official.subgraphs!
  const tensors = graph!.tensors!.map((tensor) => ({ ...tensor, type: 'FLOAT32' as const }))
  const model: Model = { ...official, subgraphs: [{ ...graph!, tensors }] }

  it('is followed unless an option overrides it', () => {
    expect(inputPreparation({ seed }, model).normalize).toEqual({
      mean: [127.5],
      std: [127.5],
      saidBy: 'metadata',
    })
    expect(inputPreparation({ seed, normalize: { mean: 1, std: 2 } }, model).normalize?.saidBy).toBe('option')
  })
})
