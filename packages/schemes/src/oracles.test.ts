import {
  describeWithFixtures,
  describeWithTfLite22,
  openLiteRt,
  openTfLite22,
  readFixture,
} from '@quantrx/testing'
import { readModel, writeModel } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { describe, expect, it } from 'vitest'
import { exampleCalibration, exampleModels } from './example-models.conformance.ts'
import { quantizeModel } from './quantize-model.ts'
import type { Scheme } from './scheme.ts'
import { dynamic } from './schemes/dynamic.ts'
import { float16 } from './schemes/float16.ts'
import { int16x8 } from './schemes/int16x8.ts'
import { int4 } from './schemes/int4.ts'
import { int8PerTensor } from './schemes/int8-per-tensor.ts'
import { int8Weights } from './schemes/int8-weights.ts'
import { int8 } from './schemes/int8.ts'

const schemes: Readonly<Record<string, Scheme>> = {
  int8: int8(),
  'int8 with int8 inputs': int8({ io: 'int8' }),
  'int8 with uint8 inputs': int8({ io: 'uint8' }),
  'int8-per-tensor': int8PerTensor(),
  dynamic: dynamic(),
  int16x8: int16x8(),
  'int16x8 with int16 inputs': int16x8({ io: 'int16' }),
  'int16x8 with uint8 inputs': int16x8({ io: 'uint8' }),
  float16: float16(),
  'int8-weights': int8Weights({ minimumElements: 32 }),
  int4: int4(),
  'int4 with float activations': int4({ activations: 'float32' }),
  'int4 in blocks': int4({ activations: 'float32', blockSize: 32, minimumElements: 32 }),
}

const written = (model: Model, scheme: Scheme): Uint8Array =>
  writeModel(quantizeModel(model, exampleCalibration(model), scheme).model)

/** Opens and runs on zeros; the number of outputs. */
async function run(opening: ReturnType<typeof openLiteRt>): Promise<number> {
  const oracle = await opening
  const widths = { float32: 4, int8: 1, uint8: 1, int16: 2, int32: 4, int64: 8, bool: 1 }
  const zeros = oracle.inputs.map(
    ({ type, shape }) => new Uint8Array(shape.reduce((product, size) => product * size, widths[type])),
  )
  const outputs = await oracle.run(zeros)
  oracle.close()
  return outputs.length
}

// An operator that only its author knows runs nowhere else.
const runnable = Object.entries(exampleModels).filter(([name]) => name !== 'custom')
const cases = Object.keys(schemes).flatMap((scheme) => runnable.map(([name]) => [name, scheme] as const))

it.each(cases)('LiteRT runs the model "%s" quantized by %s', async (name, scheme) => {
  const model = exampleModels[name]!()
  expect(await run(openLiteRt(written(model, schemes[scheme]!)))).toBe(model.subgraphs?.[0]?.outputs?.length)
})

const realModels = [
  'resnet8_cifar10_float',
  'kws_dscnn_float_restored',
  'mnist_conv_fc_float',
  'mobilenet_v1_0.25_224_float',
]
const readReal = (file: string): Model => readModel(readFixture('data/models', `${file}.tflite`))

describeWithFixtures('real models run', () => {
  describe.each(realModels)('%s', (file) => {
    // What is new in a scheme shows in small models; the large one is for the first of them.
    const few = Object.entries(schemes).slice(0, file.startsWith('mobilenet') ? 6 : undefined)
    it.each(few)('in LiteRT, quantized by %s', async (_, scheme) => {
      expect(await run(openLiteRt(written(readReal(file), scheme)))).toBe(1)
    })
  })

  describeWithTfLite22('in TensorFlow Lite 2.2', () => {
    const older = int8({ perChannelFullyConnected: false })
    it.each(realModels)('%s with fully connected layers per tensor', async (file) => {
      expect(await run(openTfLite22(written(readReal(file), older)))).toBe(1)
    })
  })
})
