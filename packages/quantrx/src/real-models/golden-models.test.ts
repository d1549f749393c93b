import type { Tensor } from '@quantrx/core'
import { compile } from '@quantrx/runtime'
import type { RuntimeTensor } from '@quantrx/runtime'
import { describeWithFixtures, goldenActivations, goldenArray, readFixture, readNpy } from '@quantrx/testing'
import type { FixtureTensor } from '@quantrx/testing'
import { readModel } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { relativeError } from './real-models.ts'

/** Rows of a golden array, in the shape of one row. */
function rowsOf({ shape, data }: FixtureTensor, limit = Infinity): readonly Tensor[] {
  const [count = 0, ...rowShape] = shape
  const size = data.length / count
  const type = data instanceof Float32Array ? 'float32' : data instanceof Int8Array ? 'int8' : 'uint8'
  return Array.from({ length: Math.min(count, limit) }, (_, row) => {
    const values = data.slice(row * size, (row + 1) * size)
    return { type, shape: rowShape, data: values } as Tensor
  })
}

/** A model of the fixtures, and where its inputs are; real inputs are rows of a data file. */
interface GoldenModel {
  readonly folder: string
  readonly file: string
  readonly real: (limit: number) => readonly Tensor[]
}

const npyRows = (path: string, convert: (tensor: Tensor) => Tensor) => (limit: number) =>
  rowsOf(readNpy(readFixture(path)))
    .slice(0, limit)
    .map(convert)

const same = (tensor: Tensor): Tensor => tensor
/** The publisher's int8 model takes pixel - 128. */
const pixelMinus128 = ({ shape, data }: Tensor): Tensor => ({
  type: 'int8',
  shape,
  data: Int8Array.from(data as Uint8Array, (pixel) => pixel - 128),
})

const integerModels: readonly GoldenModel[] = [
  {
    folder: 'resnet8_cifar10_int8',
    file: 'resnet8_cifar10_int8_official',
    real: npyRows('data/cifar10/test_ic01_200_x.npy', pixelMinus128),
  },
  {
    folder: 'kws_dscnn_int8',
    file: 'kws_dscnn_int8_official',
    real: npyRows('data/kws/inputs_int8_1000.npy', same),
  },
  {
    folder: 'mobilenet_v1_0.25_224_uint8',
    file: 'mobilenet_v1_0.25_224_uint8_qat_official',
    real: npyRows('data/imagenet/eval_300_x.npy', same),
  },
]

async function outputsFor(file: string, inputs: readonly Tensor[]): Promise<readonly (readonly number[])[]> {
  const program = await compile(readModel(readFixture('data/models', `${file}.tflite`)))
  return inputs.map((input) => Array.from(program.run([input])[0]!.data as Int8Array))
}

describeWithFixtures("the publishers' integer models give the reference results exactly", () => {
  it.each(integerModels)('$folder on real inputs', async ({ folder, file, real }) => {
    const expected = rowsOf(goldenArray(folder, 'real_out'))
    const outputs = await outputsFor(file, real(expected.length))
    expect(outputs).toEqual(expected.map(({ data }) => Array.from(data as Int8Array)))
  })

  it.each(integerModels.filter(({ folder }) => !folder.includes('uint8')))(
    '$folder on random inputs',
    async ({ folder, file }) => {
      const expected = rowsOf(goldenArray(folder, 'random_out'))
      const outputs = await outputsFor(file, rowsOf(goldenArray(folder, 'random_in')))
      expect(outputs).toEqual(expected.map(({ data }) => Array.from(data as Int8Array)))
    },
  )

  it.each(integerModels)(
    '$folder at every tensor of its first real input',
    async ({ folder, file, real }) => {
      const program = await compile(readModel(readFixture('data/models', `${file}.tflite`)))
      const computed = new Map<number, readonly number[]>()
      program.run(real(1), ({ index, data }: RuntimeTensor) =>
        computed.set(index, Array.from(data as Int8Array)),
      )
      const expected = goldenActivations(folder, 'real')
      expect(expected.length).toBeGreaterThan(5)
      for (const { index, values } of expected) {
        expect(computed.get(index), `tensor ${index}`).toEqual(Array.from(values.data as Int8Array))
      }
    },
  )
})

const normalized = ({ shape, data }: Tensor): Tensor => ({
  type: 'float32',
  shape,
  data: Float32Array.from(data as Uint8Array, (pixel) => (pixel - 127.5) / 127.5),
})

const floatModels = ['resnet8_cifar10_float', 'kws_dscnn_float_restored', 'mnist_conv_fc_float']

describeWithFixtures('float models give the reference results', () => {
  const expectClose = async (
    file: string,
    inputs: readonly Tensor[],
    expected: readonly Tensor[],
  ): Promise<void> => {
    const program = await compile(readModel(readFixture('data/models', `${file}.tflite`)))
    inputs.forEach((input, row) => {
      const [output] = program.run([input])
      const error = relativeError(output!.data as Float32Array, expected[row]!.data as Float32Array)
      expect(error).toBeLessThan(1e-5)
    })
  }

  it.each(floatModels)('%s on random inputs, within 1e-5 of the largest output', async (name) => {
    await expectClose(name, rowsOf(goldenArray(name, 'random_in')), rowsOf(goldenArray(name, 'random_out')))
  })

  it('mobilenet_v1_0.25_224_float on real inputs, within 1e-5 of the largest output', async () => {
    const name = 'mobilenet_v1_0.25_224_float'
    const expected = rowsOf(goldenArray(name, 'real_out'))
    await expectClose(name, npyRows('data/imagenet/eval_300_x.npy', normalized)(expected.length), expected)
  })
})

describeWithFixtures("the publisher's hybrid model gives the reference results", () => {
  it('kws_dscnn_hybrid on random inputs, within 1e-4 of the largest output', async () => {
    const program = await compile(readModel(readFixture('data/models/kws_dscnn_hybrid_official.tflite')))
    const expected = rowsOf(goldenArray('kws_dscnn_hybrid', 'random_out'))
    rowsOf(goldenArray('kws_dscnn_hybrid', 'random_in')).forEach((input, row) => {
      const [output] = program.run([input])
      expect(relativeError(output!.data as Float32Array, expected[row]!.data as Float32Array)).toBeLessThan(
        1e-4,
      )
    })
  })
})
