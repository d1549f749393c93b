import { seededRandom } from '@quantrx/core'
import { writeModel } from '@quantrx/tflite'
import type { BuiltinOptions, Model } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { compile } from './compile.ts'
import { compareWithLiteRt, randomBytes } from './oracle/compare.conformance.ts'
import { tinyModel } from './tiny-model.conformance.ts'

const random = seededRandom(3)
const [units, depth, size] = [6, 64, 32]

/** FULLY_CONNECTED with int4 weights in blocks of 32, whose scales are float16 of about 2^-7. */
function blockwiseModel(blockSize = size, zeroPoints = -1): Model {
  const packed = Int8Array.from({ length: (units * depth) / 2 }, () => random.integer(256) - 128)
  const halves = Uint16Array.from({ length: (units * depth) / size }, () => 0x2000 + random.integer(0x400))
  const scales = new Int8Array(halves.buffer)
  const bias = Float32Array.from({ length: units }, () => random.normal())
  const options: BuiltinOptions = {
    kind: 'FullyConnectedOptions',
    ...{ fusedActivationFunction: 'NONE', weightsFormat: 'DEFAULT', keepNumDims: false },
    ...{ asymmetricQuantizeInputs: true, quantizedBiasType: 'FLOAT32' },
  }
  const model = tinyModel(
    [
      { name: 'input', shape: [3, depth] },
      { name: 'weights', shape: [units, depth], type: 'INT4', data: packed },
      { name: 'scales', shape: [units, depth / size], type: 'FLOAT16', data: scales },
      { name: 'bias', shape: [units], data: bias },
      { name: 'output', shape: [3, units] },
    ],
    [{ kind: 'FULLY_CONNECTED', inputs: [0, 1, 3], outputs: [4], options }],
    [0],
    [4],
  )
  const details = { kind: 'BlockwiseQuantization', scales: 2, zeroPoints, blockSize } as const
  const [graph] = model.subgraphs!
  const tensors = graph!.tensors!.map((tensor) =>
    tensor.name === 'weights' ? { ...tensor, quantization: { quantizedDimension: 0, details } } : tensor,
  )
  const operatorCodes = model.operatorCodes!.map((code) => ({ ...code, version: 12 }))
  return { ...model, operatorCodes, subgraphs: [{ ...graph!, tensors }] }
}

it('multiplies with weights that are quantized in blocks as LiteRT does', async () => {
  const found = await compareWithLiteRt(writeModel(blockwiseModel()), (inputs) =>
    [1, 2, 3].map(() => inputs.map((input) => randomBytes(input, random))),
  )
  expect(found.refusal).toBeUndefined()
  expect(found.values).toBe(3 * 3 * units)
  expect(found.largest).toBeLessThan(1e-6 * found.magnitude)
})

it.each([
  [blockwiseModel(24), 'got 12 scales of blocks of 24, expected blocks that the innermost dimension, 64'],
  [blockwiseModel(size, 1), 'got blocks with zero points, expected constant block scales'],
])('refuses blocks that it cannot read', async (model, message) => {
  await expect(compile(model)).rejects.toThrow(message)
})
