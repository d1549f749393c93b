import { constantBytes, operatorKind, writeModel } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { exampleCalibration, exampleModels, modelBuilder } from '../example-models.conformance.ts'
import { roundToFloat16 } from '../parameters/float16.ts'
import { quantizeModel } from '../quantize-model.ts'
import { schemeConformance } from '../scheme.conformance.ts'
import { float16 } from './float16.ts'

schemeConformance('float16', float16)

const nothing = { ...exampleCalibration(exampleModels['network']!()), tensors: [] }
const stored = (name: string, scheme = float16()) => quantizeModel(exampleModels[name]!(), nothing, scheme)

it('stores every constant in float16, with one DEQUANTIZE in front of all its users', () => {
  const { model, floatOperators } = stored('sharing')
  const [graph] = model.subgraphs ?? []
  const constants = graph?.tensors?.filter((tensor) => constantBytes(model, tensor) !== undefined)
  expect(constants?.map(({ name, type }) => [name, type])).toEqual([
    ['bias', 'FLOAT16'],
    ['filter', 'FLOAT16'],
  ])
  const kinds = graph?.operators?.map((operator) => operatorKind(model, operator))
  expect(kinds).toEqual(['DEQUANTIZE', 'DEQUANTIZE', 'CONV_2D', 'CONV_2D', 'ADD'])
  expect(model.operatorCodes?.find(({ builtinCode }) => builtinCode === 'DEQUANTIZE')?.version).toBe(3)
  expect(floatOperators).toEqual([])
})

it('halves a file', () => {
  const [before, after] = [exampleModels['network']!(), stored('network').model].map((model) =>
    writeModel(model),
  )
  const constants = 4 * (8 * 4 * 4 * 8 + 8 + 9 * 8 + 8 + 40 * 32 + 40)
  expect(before!.length - after!.length).toBeGreaterThan(constants / 2 - 1500)
})

it('leaves what float16 cannot hold', () => {
  const { add, tensor, values, finish } = modelBuilder()
  const input = tensor('input', [2])
  const first = add('MUL', [input, values('large', 1, 70000)], 'first', [2])
  const model = finish([input], [add('MUL', [first, values('small', 1, 0.1)], 'second', [2])])
  const result = quantizeModel(model, nothing, float16())
  expect(result.floatOperators).toEqual([
    {
      ...{ subgraph: 0, index: 0, kind: 'MUL' },
      reason: 'its constants are beyond float16, which ends at 65504',
    },
  ])
  const types = result.model.subgraphs?.[0]?.tensors?.map(({ name, type }) => `${name} ${type}`)
  expect(types).toEqual(
    expect.arrayContaining(['large FLOAT32', 'small FLOAT16', 'small_dequantized FLOAT32']),
  )
})

it.each([
  [1, 1],
  [0.1, 0.0999755859375],
  [65504, 65504],
  [65520, Infinity],
  [2 ** -24, 2 ** -24],
  [2 ** -25, 0],
  [2 ** -25 * 1.5, 2 ** -24],
  [1 + 2 ** -11, 1],
  [1 + 3 * 2 ** -11, 1 + 2 ** -9],
  [-2049, -2048],
])('%d is %d in float16', (value, expected) => expect(roundToFloat16(value)).toBe(expected))

it('needs no calibration', () => expect(float16().needsCalibration).toBe(false))
