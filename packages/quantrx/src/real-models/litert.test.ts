import type { Tensor } from '@quantrx/core'
import { compile } from '@quantrx/runtime'
import { dynamic } from '@quantrx/schemes'
import { describeWithFixtures, openLiteRt, readFixture, readNpy } from '@quantrx/testing'
import { readModel, writeModel } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import {
  bytesOf,
  differences,
  exposeAll,
  firstSamples,
  quantizeReal,
  readReal,
  realModels,
  relativeError,
  runKeepingInputs,
} from './real-models.ts'

/** The publishers' integer files, and real inputs for them as stored bytes. */
const publishers = [
  {
    file: 'resnet8_cifar10_int8_official',
    inputs: 'cifar10/test_ic01_200_x.npy',
    // Pixels less 128.
    convert: (byte: number) => byte ^ 0x80,
  },
  { file: 'kws_dscnn_int8_official', inputs: 'kws/inputs_int8_1000.npy', convert: (byte: number) => byte },
  {
    file: 'mobilenet_v1_0.25_224_uint8_qat_official',
    inputs: 'imagenet/eval_300_x.npy',
    convert: (byte: number) => byte,
  },
]

const count = 6

/** The first rows of an array of stored bytes. */
function storedRows({ inputs, convert }: (typeof publishers)[number]): readonly Uint8Array[] {
  const { shape, data } = readNpy(readFixture('data', inputs))
  const size = data.length / (shape[0] ?? 1)
  const bytes = new Uint8Array(data.buffer, data.byteOffset, count * size)
  return Array.from({ length: count }, (_, row) =>
    bytes.slice(row * size, (row + 1) * size).map((byte) => convert(byte)),
  )
}

const floats = (bytes: Uint8Array | undefined): Float32Array =>
  new Float32Array(bytes?.buffer ?? new ArrayBuffer(0))

const typed = (model: Model, bytes: Uint8Array): Tensor => {
  const { subgraphs: [subgraph] = [] } = model
  const input = subgraph?.tensors?.[subgraph.inputs?.[0] ?? -1]
  const shape = input?.shape ?? []
  return input?.type === 'INT8'
    ? { type: 'int8', shape, data: new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length) }
    : { type: 'uint8', shape, data: bytes }
}

describeWithFixtures(
  "the publishers' integer models give the same bits as LiteRT (xnnpack arithmetic)",
  () => {
    it.each(publishers)('$file at every tensor', async (publisher) => {
      const model = readModel(readFixture('data/models', `${publisher.file}.tflite`))
      const exposed = await exposeAll(model)
      const oracle = await openLiteRt(writeModel(exposed.model))
      const inputs = storedRows(publisher).map((bytes, index) => ({ index, inputs: [typed(model, bytes)] }))
      const found = await differences(exposed, oracle, inputs, { arithmetic: 'xnnpack' })
      oracle.close()
      expect(found.filter(({ kind, largest }) => kind !== 'SOFTMAX' || largest > 1)).toEqual([])
    })

    it.each(publishers)('$file as it is, its inner tensors hidden', async (publisher) => {
      const bytes = readFixture('data/models', `${publisher.file}.tflite`)
      const model = readModel(bytes)
      const oracle = await openLiteRt(bytes)
      const program = await compile(model, { arithmetic: 'xnnpack' })
      for (const row of storedRows(publisher)) {
        const [output] = program.run([typed(model, row)])
        const [expected] = await oracle.run([row])
        const stored = bytesOf(output as Tensor)
        const steps = stored.map((value, at) => Math.abs(((value - (expected?.[at] ?? 0)) << 24) >> 24))
        expect(Math.max(...steps)).toBeLessThanOrEqual(1)
      }
      oracle.close()
    })
  },
)

describeWithFixtures('float models agree with LiteRT', () => {
  it.each(realModels)('$name: within 1e-5 of the largest value of each tensor', async (real) => {
    const exposed = await exposeAll(readReal(real))
    const oracle = await openLiteRt(writeModel(exposed.model))
    const program = await compile(exposed.model, { arithmetic: 'xnnpack' })
    for (const sample of await firstSamples(real, 3)) {
      const { outputs, stored } = runKeepingInputs(program, sample)
      const results = await oracle.run(stored)
      const errors = outputs.map(({ data, name }, at) => {
        return { name, error: relativeError(data as Float32Array, floats(results[at])) }
      })
      expect(errors.filter(({ error }) => !(error <= 1e-5))).toEqual([])
    }
    oracle.close()
  })
})

/**
 * Hybrid operators quantize float activations on the fly, LiteRT asymmetrically per image, ours as TensorFlow Lite's
 * reference kernels do, so both are off the float model by their own noise: up to 7 % of the largest probability on
 * mobilenet, whose 27 layers add up, below 0.1 % on the others.
 */
const hybridNoise = { mobilenet: 0.1, others: 0.001 }

describeWithFixtures('hybrid models run in LiteRT and agree within quantization noise', () => {
  it.each(realModels)('$name', async (real) => {
    const { model } = await quantizeReal(real, dynamic())
    const oracle = await openLiteRt(writeModel(model))
    const program = await compile(model)
    const errors: number[] = []
    for (const sample of await firstSamples(real, 8)) {
      const { outputs, stored } = runKeepingInputs(program, sample)
      const [theirs] = await oracle.run(stored)
      errors.push(relativeError(outputs[0]?.data as Float32Array, floats(theirs)))
    }
    oracle.close()
    const noise = real.name === 'mobilenet' ? hybridNoise.mobilenet : hybridNoise.others
    expect(Math.max(...errors)).toBeLessThan(noise)
    expect(Math.max(...errors)).toBeGreaterThan(0)
  })
})
