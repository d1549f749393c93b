import { int8 } from '@quantrx/schemes'
import { describeWithFixtures, describeWithTfLite22, openLiteRt, openTfLite22 } from '@quantrx/testing'
import { writeModel } from '@quantrx/tflite'
import { describe, expect, it } from 'vitest'
import { differences, exposeAll, firstSamples, quantizeReal, realModels } from './real-models.ts'
import type { Difference } from './real-models.ts'

const samplesPerModel = 20

/**
 * Differences beyond what is known: the oracles compute SOFTMAX through float tables, ours stays in integers, so its output
 * and what is dequantized from it may be one step of 1/256 apart.
 */
const unexpected = (all: readonly Difference[]): readonly Difference[] =>
  all.filter(
    ({ kind, largest }) =>
      !((kind === 'SOFTMAX' && largest <= 1) || (kind === 'DEQUANTIZE' && largest <= 1 / 256)),
  )

describeWithFixtures('written int8 models run in other runtimes', () => {
  describeWithTfLite22('TensorFlow Lite 2.2 gives the same bits at every tensor (tflite arithmetic)', () => {
    it.each(realModels)('$name', async (real) => {
      const { model } = await quantizeReal(real, int8({ perChannelFullyConnected: false }))
      const exposed = await exposeAll(model)
      const oracle = await openTfLite22(writeModel(exposed.model))
      const inputs = await firstSamples(real, samplesPerModel)
      const found = await differences(exposed, oracle, inputs, { arithmetic: 'tflite' })
      oracle.close()
      expect(inputs).toHaveLength(samplesPerModel)
      expect(unexpected(found)).toEqual([])
    })
  })

  describe('LiteRT gives the same bits at every tensor (xnnpack arithmetic)', () => {
    it.each(realModels)('$name', async (real) => {
      const { model } = await quantizeReal(real, int8())
      const exposed = await exposeAll(model)
      const oracle = await openLiteRt(writeModel(exposed.model))
      const inputs = await firstSamples(real, samplesPerModel)
      const found = await differences(exposed, oracle, inputs, { arithmetic: 'xnnpack' })
      oracle.close()
      expect(unexpected(found)).toEqual([])
    })
  })
})
