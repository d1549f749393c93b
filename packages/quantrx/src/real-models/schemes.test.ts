import type { Sample, Tensor } from '@quantrx/core'
import { compile } from '@quantrx/runtime'
import type { Program } from '@quantrx/runtime'
import { float16, int16x8, int8PerChannel, quantizeModel, schemeOfRules } from '@quantrx/schemes'
import { describeWithFixtures, openLiteRt, readFixture } from '@quantrx/testing'
import { operatorKind, writeModel } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
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

/** The model up to its last SOFTMAX, which turns small differences of its input into large ones and hides large ones. */
function upToSoftmax(model: Model): Model {
  const [graph] = model.subgraphs!
  const softmax = graph!.operators!.find((operator) => operatorKind(model, operator) === 'SOFTMAX')
  const { signatureDefs: _signatures, ...others } = model
  return { ...others, subgraphs: [{ ...graph!, outputs: [softmax!.inputs![0]!] }] }
}

/** Mean and largest difference of outputs, and the range of what is expected. */
async function outputsApart(given: Model, expected: Model, samples: readonly Sample[]) {
  const [ours, reference] = [await compile(given), await compile(expected)]
  let [sum, count, largest, low, high] = [0, 0, 0, Infinity, -Infinity]
  for (const { inputs } of samples) {
    const values = reference.run(inputs)[0]!.data as Float32Array
    for (const [at, value] of (ours.run(inputs)[0]!.data as Float32Array).entries()) {
      const difference = Math.abs(value - values[at]!)
      ;[sum, count, largest] = [sum + difference, count + 1, Math.max(largest, difference)]
      ;[low, high] = [Math.min(low, values[at]!), Math.max(high, values[at]!)]
    }
  }
  return { mean: sum / count, largest, range: high - low }
}

describeWithFixtures('float16', () => {
  it.each(small)('$name has half the bytes', async (real) => {
    const { model } = await quantizeReal(real, float16(), 1)
    const before = readFixture('data/models', `${real.file}.tflite`).length
    expect(writeModel(model).length / before).toBeLessThan(0.6)
  })

  // Single probabilities differ by up to a hundredth: weights have 11 bits, and no other choice of them is nearer.
  it.each(small)(
    '$name is within a thousandth on average, and within two of the range before SOFTMAX',
    async (real) => {
      const [source, samples] = [readReal(real), await firstSamples(real, 100)]
      const { model } = await quantizeReal(real, float16(), 1)
      expect((await outputsApart(model, source, samples)).mean).toBeLessThan(1e-3)
      const logits = await outputsApart(upToSoftmax(model), upToSoftmax(source), samples)
      expect(logits.mean).toBeLessThan(1e-3 * logits.range)
      expect(logits.largest).toBeLessThan(2e-3 * logits.range)
    },
  )

  it.each(small)('$name gives what LiteRT makes of the file', async (real) => {
    const { model } = await quantizeReal(real, float16(), 1)
    const [oracle, ours] = [await openLiteRt(writeModel(model)), await compile(model)]
    for (const { inputs } of await firstSamples(real, 5)) {
      const { data } = inputs[0] as Tensor & { readonly data: Float32Array }
      const [bytes] = await oracle.run([new Uint8Array(Float32Array.from(data).buffer)])
      const theirs = new Float32Array(bytes!.slice().buffer)
      for (const [at, value] of (ours.run(inputs)[0]!.data as Float32Array).entries())
        expect(Math.abs(value - theirs[at]!)).toBeLessThan(1e-5)
    }
    oracle.close()
  })
})
