import { correctBiases } from '@quantrx/algorithms'
import { fromSamples } from '@quantrx/data'
import { int8 } from '@quantrx/schemes'
import { describeWithFixtures, openLiteRt } from '@quantrx/testing'
import { readModel, writeModel } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { differences, exposeAll, firstSamples, quantizeReal, realModels } from './real-models.ts'

describeWithFixtures('corrected models run in LiteRT and give the same bits (xnnpack arithmetic)', () => {
  it.each(realModels)('$name at every tensor', async (real) => {
    const inputs = await firstSamples(real, 6)
    const candidate = await quantizeReal(real, int8({ io: 'int8' }))
    const corrected = await correctBiases(candidate, fromSamples(inputs))
    expect(writeModel(corrected.model)).not.toEqual(writeModel(candidate.model))
    const exposed = await exposeAll(readModel(writeModel(corrected.model)))
    const oracle = await openLiteRt(writeModel(exposed.model))
    const found = await differences(exposed, oracle, inputs, { arithmetic: 'xnnpack' })
    oracle.close()
    expect(found.filter(({ kind, largest }) => kind !== 'SOFTMAX' || largest > 1)).toEqual([])
  })
})
