import { constantBytes, operatorKind, optionsOf } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { exampleCalibration, exampleModels } from '../example-models.conformance.ts'
import { quantizeModel } from '../quantize-model.ts'
import { schemeConformance } from '../scheme.conformance.ts'
import { int16x8 } from './int16x8.ts'

schemeConformance('int16x8', int16x8)
schemeConformance('int16x8', () => int16x8({ io: 'uint8' }))

const quantized = (name: string, io: 'float32' | 'uint8' = 'float32') => {
  const source = exampleModels[name]!()
  return quantizeModel(source, exampleCalibration(source), int16x8({ io }))
}
const { model } = quantized('network')
const graph = model.subgraphs![0]!
const named = (name: string) => graph.tensors?.find((tensor) => tensor.name === name)
const kinds = (io: 'float32' | 'uint8'): string[] => {
  const { model: written } = quantized('network', io)
  return (written.subgraphs?.[0]?.operators ?? []).map((operator) => operatorKind(written, operator))
}

it('stores activations in int16 around 0, weights in int8 per channel, biases in int64', () => {
  const activation = named('first')
  expect(activation).toMatchObject({ type: 'INT16', quantization: { zeroPoint: [0n] } })
  const { result } = exampleCalibration(exampleModels['network']!()).tensors.find(
    ({ name }) => name === 'first',
  )!
  expect(activation?.quantization?.scale).toEqual([Math.fround(Math.fround(result.max) / 32767)])
  expect(named('first/filter')).toMatchObject({ type: 'INT8' })
  expect(named('first/filter')?.quantization?.scale).toHaveLength(8)
  const bias = named('first/bias')!
  expect(bias.type).toBe('INT64')
  const inputScale = named('input_int16')?.quantization?.scale?.[0] ?? 0
  const [scale = 0] = named('first/filter')?.quantization?.scale ?? []
  expect(bias.quantization?.scale?.[0]).toBe(Math.fround(inputScale * scale))
  const [first = 0n] = new BigInt64Array(constantBytes(model, bias)!.slice().buffer)
  const source = exampleModels['network']!()
  const tensor = source.subgraphs![0]!.tensors!.find(({ name }) => name === 'first/bias')!
  const [real = 0] = new Float32Array(constantBytes(source, tensor)!.slice().buffer)
  expect(Number(first) * Math.fround(inputScale * scale)).toBeCloseTo(real, 4)
})

it('asks for int16 kernels: versions, sums in int64, no power-of-two scales', () => {
  const versions = Object.fromEntries(
    (model.operatorCodes ?? []).map(({ builtinCode, version }) => [builtinCode, version]),
  )
  expect(versions).toEqual({
    ...{ CONV_2D: 8, DEPTHWISE_CONV_2D: 5, ADD: 3, AVERAGE_POOL_2D: 3, RESHAPE: 1, FULLY_CONNECTED: 11 },
    ...{ SOFTMAX: 3, QUANTIZE: 2, DEQUANTIZE: 3 },
  })
  const operatorOf = (kind: string) =>
    graph.operators!.find((operator) => operatorKind(model, operator) === kind)!
  expect(optionsOf(operatorOf('ADD'), 'ADD').potScaleInt16).toBe(false)
  expect(optionsOf(operatorOf('CONV_2D'), 'CONV_2D').quantizedBiasType).toBe('INT64')
  expect(optionsOf(operatorOf('FULLY_CONNECTED'), 'FULLY_CONNECTED').quantizedBiasType).toBe('INT64')
})

it('goes by way of int8 between uint8 and int16, for which there is no kernel', () => {
  expect(kinds('float32').filter((kind) => kind === 'QUANTIZE')).toHaveLength(1)
  expect(kinds('uint8').filter((kind) => kind === 'QUANTIZE')).toHaveLength(4)
})

it('leaves operators without an int16 kernel float, and says so', () => {
  const { floatOperators } = quantized('elementwise')
  expect(floatOperators).toContainEqual({
    ...{ subgraph: 0, index: 1, kind: 'HARD_SWISH', reason: 'HARD_SWISH has no kernel for int16' },
  })
  const leaky = floatOperators.find(({ kind }) => kind === 'LEAKY_RELU')
  expect(leaky?.reason).toBe('it has no weights, and prepares the input of operators that stay float')
  expect(floatOperators.map(({ kind }) => kind)).not.toContain('CONV_2D')
})
