import { presets, quantizeByPreset } from '@quantrx/algorithms'
import type { Preset } from '@quantrx/algorithms'
import type { Sample } from '@quantrx/core'
import { fromSamples } from '@quantrx/data'
import { describeWithFixtures, openLiteRt } from '@quantrx/testing'
import { writeModel } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { differences, exposeAll, firstSamples, readReal, realModels } from './real-models.ts'

describeWithFixtures(
  'models of every preset run in LiteRT and give the same bits (xnnpack arithmetic)',
  () => {
    const small = realModels.filter(({ name }) => name === 'resnet8' || name === 'kws')
    const cases = small.flatMap((real) =>
      Object.entries<Preset>(presets).map(([name, preset]) => ({ real, name, preset })),
    )

    it.each(cases)('$real.name, $name', async ({ real, preset }) => {
      const inputs: readonly Sample[] = await firstSamples(real, 4)
      const { model } = await quantizeByPreset(readReal(real), preset, fromSamples(inputs))
      const exposed = await exposeAll(model)
      const oracle = await openLiteRt(writeModel(exposed.model))
      const found = await differences(exposed, oracle, inputs, { arithmetic: 'xnnpack' })
      oracle.close()
      // Up to the first SOFTMAX every tensor has the same bits; that table is LiteRT's own, and what follows is made of it.
      const first = found[0]
      expect(found.filter(({ kind }) => kind !== 'SOFTMAX' && kind !== 'DEQUANTIZE')).toEqual([])
      if (first !== undefined) expect(first.kind).toBe('SOFTMAX')
      expect(found.filter(({ kind, largest }) => kind === 'SOFTMAX' && largest > 1)).toEqual([])
    })
  },
)
