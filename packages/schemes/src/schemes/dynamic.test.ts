import { operatorKind, optionsOf } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { exampleCalibration, exampleModels } from '../example-models.conformance.ts'
import { quantizeModel } from '../quantize-model.ts'
import { schemeConformance } from '../scheme.conformance.ts'
import { dynamic } from './dynamic.ts'

schemeConformance('dynamic', dynamic)

const model = exampleModels['network']!()
const nothing = { ...exampleCalibration(model), tensors: [] }
const { model: hybrid, floatOperators } = quantizeModel(model, nothing, dynamic())

it('makes weights of 1024 elements and more int8, and nothing else', () => {
  const changed = hybrid.subgraphs?.[0]?.tensors
    ?.filter(({ type }) => type === 'INT8')
    .map(({ name }) => name)
  expect(changed).toEqual(['first/filter', 'dense/weights'])
  expect(hybrid.subgraphs?.[0]?.operators).toHaveLength(model.subgraphs?.[0]?.operators?.length ?? 0)
})

it('says which weights are too small', () => {
  expect(floatOperators).toEqual([
    {
      subgraph: 0,
      index: 1,
      kind: 'DEPTHWISE_CONV_2D',
      reason: 'its weights have 72 elements, fewer than 1024',
    },
  ])
})

it('asks for the hybrid kernels', () => {
  const versions = Object.fromEntries(
    (hybrid.operatorCodes ?? []).map(({ builtinCode, version }) => [builtinCode, version]),
  )
  expect(versions).toMatchObject({ CONV_2D: 5, FULLY_CONNECTED: 12, DEPTHWISE_CONV_2D: 1 })
  const dense = hybrid.subgraphs?.[0]?.operators?.find(
    (operator) => operatorKind(hybrid, operator) === 'FULLY_CONNECTED',
  )
  expect(optionsOf(dense!, 'FULLY_CONNECTED').asymmetricQuantizeInputs).toBe(true)
})

it('needs no calibration', () => expect(dynamic().needsCalibration).toBe(false))
