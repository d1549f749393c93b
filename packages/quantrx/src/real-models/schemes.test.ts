import type { Sample, Tensor } from '@quantrx/core'
import { compile } from '@quantrx/runtime'
import type { Program } from '@quantrx/runtime'
import { float16, int16x8, int8PerChannel, quantizeModel, schemeOfRules } from '@quantrx/schemes'
import { describeWithFixtures, openLiteRt, readFixture } from '@quantrx/testing'
import { writeModel } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import {
  bytesOf,
  calibrate,
  firstSamples,
  quantizeReal,
  readReal,
  realModels,
  runKeepingInputs,
} from './real-models.ts'

const small = realModels.filter(({ name }) => name === 'resnet8' || name === 'kws')

const largestAt = (values: Float32Array): number => values.indexOf(Math.max(...values))

describeWithFixtures('int16x8', () => {
  it.each(small)('$name agrees with float on 99 % of samples, and equals LiteRT', async (real) => {
    const { model, floatOperators } = await quantizeReal(real, int16x8(), 50)
    expect(floatOperators).toEqual([])
    // LiteRT runs it, many times faster than our reference kernels; that both are equal shows on the first samples.
    const [oracle, float] = [await openLiteRt(writeModel(model)), await compile(readReal(real))]
    const ours = await compile(model, { arithmetic: 'xnnpack' })
    const count = real.name === 'kws' ? 100 : 30
    let agreeing = 0
    for (const sample of await firstSamples(real, count)) {
      const { outputs, stored } = runKeepingInputs(float, sample)
      const [bytes] = await oracle.run(stored)
      const theirs = new Float32Array(bytes!.slice().buffer)
      if (largestAt(theirs) === largestAt(outputs[0]!.data as Float32Array)) agreeing++
      if (sample.index < 1)
        expect(bytesOf(ours.run(sample.inputs)[0] as Tensor)).toEqual(new Uint8Array(theirs.buffer))
    }
    oracle.close()
    expect(agreeing).toBeGreaterThanOrEqual(0.99 * count)
  })

  it('agrees on 99 % of 1,000 samples of resnet8 that nothing was calibrated on', async () => {
    // Activations of 16 bits lose a sample in a thousand and take half a minute, so the weights alone are of 8 bits here. All
    // of it: npm run accuracy:int16x8
    const [resnet8] = small
    const weights = { ...int8PerChannel, rounding: 'balanced' } as const
    const treatment = { kind: 'stored', weights, minimumElements: 1 } as const
    const scheme = schemeOfRules({ name: 'weights of int16x8', rules: [{ where: [], treatment }] })
    const source = readReal(resnet8!)
    const { model } = quantizeModel(source, await calibrate(resnet8!, 1), scheme)
    const held = await firstSamples({ ...resnet8!, data: 'cifar10/eval_train_1000_x.npy' }, 1000)
    const [rounded, float] = [await compile(model), await compile(source)]
    const choice = (program: Program, { inputs }: Sample): number =>
      largestAt(program.run(inputs)[0]!.data as Float32Array)
    const agreeing = held.filter((sample) => choice(rounded, sample) === choice(float, sample))
    expect(agreeing.length).toBeGreaterThanOrEqual(990)
  })
})

describeWithFixtures('float16', () => {
  it.each(small)(
    '$name has half the bytes, and differs by less than a thousandth on average',
    async (real) => {
      const { model } = await quantizeReal(real, float16())
      const before = readFixture('data/models', `${real.file}.tflite`).length
      expect(writeModel(model).length / before).toBeLessThan(0.6)
      const [half, float] = [await compile(model), await compile(readReal(real))]
      const differences: number[] = []
      for (const { inputs } of await firstSamples(real, 50)) {
        const expected = float.run(inputs)[0]!.data as Float32Array
        const found = half.run(inputs)[0]!.data as Float32Array
        found.forEach((value, at) => differences.push(Math.abs(value - expected[at]!)))
      }
      expect(differences.reduce((sum, each) => sum + each, 0) / differences.length).toBeLessThan(1e-3)
    },
  )
})
