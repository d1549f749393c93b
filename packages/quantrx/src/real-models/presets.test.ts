import { presets, quantizeByPreset } from '@quantrx/algorithms'
import type { Preset } from '@quantrx/algorithms'
import type { Sample } from '@quantrx/core'
import { fromSamples } from '@quantrx/data'
import { describeWithFixtures, openLiteRt } from '@quantrx/testing'
import { writeModel } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { differences, exposeAll, firstSamples, readReal, realModels } from './real-models.ts'
import type { RealModel } from './real-models.ts'

/** Everything that a model can be improved by, which `best` does where it helps: 4 samples show it nothing. */
const everything: Preset = {
  ...{ purpose: 'everything', scheme: 'int8', observer: 'mse' },
  ...{ algorithms: ['equalize', 'gptq', 'bias-correction'], balance: 'activations' },
}

/** Samples of other sets than those that the models are calibrated with. */
const otherData: Readonly<Record<string, string>> = { resnet8: 'cifar10/test_ic01_200_x.npy' }

/** Samples that a model is calibrated with, and others: of another set, or later ones of the same. */
async function sampleSets(
  real: RealModel,
): Promise<Readonly<Record<'calibration' | 'other', readonly Sample[]>>> {
  const calibration = await firstSamples(real, 4)
  const data = otherData[real.name]
  const other =
    data === undefined ? (await firstSamples(real, 8)).slice(4) : await firstSamples({ ...real, data }, 4)
  return { calibration, other }
}

describeWithFixtures(
  'models of every preset run in LiteRT and give the same bits (xnnpack arithmetic)',
  () => {
    const small = realModels.filter(({ name }) => name === 'resnet8' || name === 'kws')
    const cases = small.flatMap((real) =>
      Object.entries<Preset>({ ...presets, everything }).map(([name, preset]) => ({ real, name, preset })),
    )

    it.each(cases)('$real.name, $name', async ({ real, preset }) => {
      const { calibration, other } = await sampleSets(real)
      const { model } = await quantizeByPreset(readReal(real), preset, fromSamples(calibration))
      const exposed = await exposeAll(model)
      const oracle = await openLiteRt(writeModel(exposed.model))
      const inputs = [...calibration, ...other]
      const found = await differences(exposed, oracle, inputs, { arithmetic: 'xnnpack' })
      oracle.close()
      // Up to the first SOFTMAX every tensor has the same bits; that table is LiteRT's own, and what follows is made of it.
      expect(found.filter(({ kind }) => kind !== 'SOFTMAX' && kind !== 'DEQUANTIZE')).toEqual([])
      expect(found.filter(({ kind, largest }) => kind === 'SOFTMAX' && largest > 1)).toEqual([])
    })
  },
)
