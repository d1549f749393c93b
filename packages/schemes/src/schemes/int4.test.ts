import { constantBytes, optionsOf } from '@quantrx/tflite'
import { describe, expect, it } from 'vitest'
import { exampleCalibration, exampleModels } from '../example-models.conformance.ts'
import { packInt4 } from '../parameters/symmetric.ts'
import { quantizeModel } from '../quantize-model.ts'
import { schemeConformance } from '../scheme.conformance.ts'
import { int4 } from './int4.ts'

schemeConformance('int4', int4)
schemeConformance('int4', () => int4({ activations: 'float32', blockSize: 32, minimumElements: 1 }))

const source = exampleModels['network']!()
const quantized = (scheme = int4()) => quantizeModel(source, exampleCalibration(source), scheme).model
const tensorOf = (model: ReturnType<typeof quantized>, name: string) =>
  model.subgraphs![0]!.tensors!.find((tensor) => tensor.name === name)!
const versionsOf = (model: ReturnType<typeof quantized>) =>
  Object.fromEntries((model.operatorCodes ?? []).map(({ builtinCode, version }) => [builtinCode, version]))

it('packs two integers to a byte, the first in the lower half', () => {
  expect(Array.from(packInt4(Int8Array.of(1, -1, 7, -8, 3)))).toEqual([0xf1, 0x87, 0x03])
})

describe('beside int8 activations', () => {
  const model = quantized()

  it('stores the weights of CONV_2D and FULLY_CONNECTED in int4, of DEPTHWISE_CONV_2D in int8', () => {
    expect(tensorOf(model, 'first/filter').type).toBe('INT4')
    expect(constantBytes(model, tensorOf(model, 'first/filter'))).toHaveLength((8 * 4 * 4 * 8) / 2)
    expect(tensorOf(model, 'dense/weights').type).toBe('INT4')
    expect(tensorOf(model, 'depthwise/filter').type).toBe('INT8')
    expect(tensorOf(model, 'first').type).toBe('INT8')
    expect(versionsOf(model)).toMatchObject({ CONV_2D: 7, FULLY_CONNECTED: 10, DEPTHWISE_CONV_2D: 3 })
  })

  it('has scales that map the largest weight of each channel to 7', () => {
    const bytes = constantBytes(model, tensorOf(model, 'dense/weights'))!
    const values = Array.from(bytes, (byte) => [(byte << 28) >> 28, (byte << 24) >> 28]).flat()
    const rows = Array.from({ length: 40 }, (_, row) => values.slice(row * 32, row * 32 + 32))
    expect(rows.map((row) => Math.max(...row.map(Math.abs)))).toEqual(Array(40).fill(7))
  })
})

describe('beside float32 activations', () => {
  it('stores weights of kernels that have it in int4, of others in int8', () => {
    const model = quantized(int4({ activations: 'float32' }))
    expect(tensorOf(model, 'dense/weights').type).toBe('INT4')
    expect(tensorOf(model, 'first/filter').type).toBe('INT8')
    expect(tensorOf(model, 'dense').type).toBe('FLOAT32')
    expect(int4({ activations: 'float32' }).needsCalibration).toBe(false)
    const dense = model.subgraphs?.[0]?.operators?.find(({ builtinOptions }) =>
      builtinOptions?.kind.startsWith('FullyConnected'),
    )
    expect(optionsOf(dense!, 'FULLY_CONNECTED').asymmetricQuantizeInputs).toBe(true)
  })

  it('has scales of blocks in a tensor of float16', () => {
    const model = quantized(int4({ activations: 'float32', blockSize: 32 }))
    const weights = tensorOf(model, 'dense/weights')
    const { details } = weights.quantization ?? {}
    expect(details).toMatchObject({ kind: 'BlockwiseQuantization', blockSize: 32 })
    const at = details?.kind === 'BlockwiseQuantization' ? details.scales : -1
    const scales = model.subgraphs![0]!.tensors![at]!
    expect(scales).toMatchObject({ type: 'FLOAT16', shape: [40, 1], name: 'dense/weights_scale' })
    expect(constantBytes(model, scales)).toHaveLength(80)
  })
})
