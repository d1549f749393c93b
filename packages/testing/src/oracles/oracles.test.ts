import { expect, it } from 'vitest'
import { describeWith, describeWithFixtures, readFixture } from '../fixtures.ts'
import { goldenArray, goldenCases, goldenModel } from '../golden.ts'
import { openLiteRt, repeatLiteRt } from './litert.ts'
import type { RepeatedModel } from './oracle.ts'
import { describeWithTfLite22, openTfLite22 } from './tflite22.ts'
import { repeatTfLite29, tfLite29Path } from './tflite29.ts'

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)

describeWithFixtures('LiteRT', () => {
  it('gives the float outputs that its own interpreter gave', async () => {
    const { bytes, meta } = goldenModel('mnist_conv_fc_float')
    const oracle = await openLiteRt(bytes)
    expect(oracle.inputs).toMatchObject([{ type: 'float32', shape: meta.inputs[0]?.shape }])
    const { data: samples, shape } = goldenArray('mnist_conv_fc_float', 'random_in')
    const { data: expected } = goldenArray('mnist_conv_fc_float', 'random_out')
    const size = samples.length / (shape[0] ?? 1)
    const width = expected.length / (shape[0] ?? 1)
    for (let row = 0; row < (shape[0] ?? 0); row++) {
      const [output] = await oracle.run([bytesOf(samples.slice(row * size, (row + 1) * size))])
      const actual = new Float32Array(output?.buffer ?? new ArrayBuffer(0))
      expect(actual.length).toBe(width)
      actual.forEach((value, index) => expect(value).toBeCloseTo(Number(expected[row * width + index]), 4))
    }
    oracle.close()
  })

  it('runs int8 models, near the integer reference', async () => {
    const oracle = await openLiteRt(goldenModel('kws_dscnn_int8').bytes)
    const samples = goldenArray('kws_dscnn_int8', 'random_in').data
    const expected = goldenArray('kws_dscnn_int8', 'random_out').data
    for (let row = 0; row < 16; row++) {
      const [output] = await oracle.run([bytesOf(samples.slice(row * 490, (row + 1) * 490))])
      const actual = new Int8Array(output?.buffer ?? new ArrayBuffer(0))
      expect(actual.length).toBe(12)
      actual.forEach((value, index) => {
        expect(Math.abs(value - Number(expected[row * 12 + index]))).toBeLessThan(40)
      })
    }
    oracle.close()
  })

  it('runs again on inputs that stay in place, with the outputs of the first run', async () => {
    const { bytes } = goldenModel('kws_dscnn_int8')
    const input = bytesOf(goldenArray('kws_dscnn_int8', 'random_in').data.slice(0, 490))
    const oracle = await openLiteRt(bytes)
    const repeated = await repeatLiteRt(bytes, [input], 'compat')
    expect(repeated.outputs).toEqual(await oracle.run([input]))
    await repeated.run()
    await repeated.run()
    repeated.close()
    oracle.close()
  })

  it('says what is wrong with bytes that are no model', async () => {
    await expect(openLiteRt(new Uint8Array(64))).rejects.toThrow('LiteRT could not open the model')
  })

  it('does not give outputs of an operator that it refuses', async () => {
    const withoutBias = goldenCases('CONV_2D').find(({ tag }) => tag === 'no_bias')
    const oracle = await openLiteRt(withoutBias?.model ?? new Uint8Array())
    await expect(oracle.run(withoutBias?.inputs.map(({ bytes }) => bytes) ?? [])).rejects.toThrow(
      'has_bias was not true',
    )
  })

  it('names an input of the wrong size', async () => {
    const oracle = await openLiteRt(readFixture('golden/hello_world_int8/hello_world_int8.tflite'))
    await expect(oracle.run([new Uint8Array(3)])).rejects.toThrow('got 3 bytes, expected 1')
    await expect(oracle.run([])).rejects.toThrow('got 0 inputs, expected 1')
    oracle.close()
  })
})

describeWithFixtures('beside LiteRT', () => {
  const path = tfLite29Path()
  describeWith('TensorFlow Lite 2.9 library', path !== undefined, 'TensorFlow Lite 2.9', () => {
    it('runs int8 models, near the same results', async () => {
      const { bytes } = goldenModel('kws_dscnn_int8')
      const input = bytesOf(goldenArray('kws_dscnn_int8', 'random_in').data.slice(0, 490))
      const liteRt = await repeatLiteRt(bytes, [input], 'compat')
      const native = await repeatTfLite29(path ?? '', bytes, [input])
      await native.run()
      const integers = ({ outputs }: RepeatedModel) => new Int8Array(outputs[0]?.buffer ?? new ArrayBuffer(0))
      const expected = integers(liteRt)
      expect(expected).toHaveLength(12)
      integers(native).forEach((value, index) => expect(Math.abs(value - expected[index]!)).toBeLessThan(4))
      native.close()
      liteRt.close()
    })
  })
})

describeWithFixtures('with reference results', () => {
  describeWithTfLite22('TensorFlow Lite 2.2', () => {
    it('equals TFLite Micro on a whole int8 model, within one step after SOFTMAX', async () => {
      const { bytes, meta } = goldenModel('kws_dscnn_int8')
      const oracle = await openTfLite22(bytes)
      expect(oracle.inputs).toMatchObject([{ type: 'int8', shape: meta.inputs[0]?.shape }])
      const samples = goldenArray('kws_dscnn_int8', 'random_in').data
      const expected = goldenArray('kws_dscnn_int8', 'random_out').data
      for (let row = 0; row < 16; row++) {
        const [output] = await oracle.run([bytesOf(samples.slice(row * 490, (row + 1) * 490))])
        const actual = new Int8Array(output?.buffer ?? new ArrayBuffer(0))
        expect(actual.length).toBe(12)
        actual.forEach((value, index) => {
          expect(Math.abs(value - Number(expected[row * 12 + index]))).toBeLessThanOrEqual(1)
        })
      }
      oracle.close()
    })

    it('says so when it refuses bytes', async () => {
      await expect(openTfLite22(new Uint8Array(64))).rejects.toThrow('TFLite 2.2.0 could not')
    })
  })
})
