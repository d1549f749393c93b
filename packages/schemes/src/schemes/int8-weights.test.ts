import { operatorKind } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { exampleCalibration, exampleModels } from '../example-models.conformance.ts'
import { quantizeModel } from '../quantize-model.ts'
import { schemeConformance } from '../scheme.conformance.ts'
import { int8Weights } from './int8-weights.ts'

schemeConformance('int8-weights', int8Weights)

const source = exampleModels['network']!()
const nothing = { ...exampleCalibration(source), tensors: [] }
const { model, floatOperators } = quantizeModel(source, nothing, int8Weights())
const [graph] = model.subgraphs ?? []

it('stores large weights in int8 per channel, and has them dequantized', () => {
  const stored = graph?.tensors?.filter(({ type }) => type === 'INT8')
  expect(stored?.map(({ name, quantization }) => [name, quantization?.scale?.length])).toEqual([
    ['first/filter', 8],
    ['dense/weights', 40],
  ])
  const dequantizing = graph?.operators?.filter((operator) => operatorKind(model, operator) === 'DEQUANTIZE')
  expect(dequantizing).toHaveLength(2)
  expect(model.operatorCodes?.find(({ builtinCode }) => builtinCode === 'DEQUANTIZE')?.version).toBe(5)
})

it('says which weights are too small', () => {
  expect(floatOperators.map(({ reason }) => reason)).toEqual([
    'its weights have 72 elements, fewer than 1024',
  ])
})
