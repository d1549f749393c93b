import type { Calibration } from '@quantrx/core'
import { operatorKind, readModel, writeModel } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { describe, expect, it } from 'vitest'
import { exampleCalibration, exampleModels } from '../example-models.conformance.ts'
import { quantizeModel } from '../quantize-model.ts'
import { dynamic, float16, int8 } from '../schemes/index.ts'
import { floatConstants } from './float-constants.ts'

const kinds = (model: Model): readonly string[] =>
  model.subgraphs![0]!.operators!.map((operator) => operatorKind(model, operator))

const exampleModel = Object.values(exampleModels)[0]!

const none: Calibration = { kind: 'calibration', strategy: 'none', observer: 'none', samples: 0, tensors: [] }

describe('models with weights of other types', () => {
  it('are the same models where weights are float32', () => {
    const model = exampleModel()
    expect(floatConstants(model).model).toBe(model)
  })

  it('lose what makes float16 weights float32, and nothing else', () => {
    const model = exampleModel()
    const half = readModel(writeModel(quantizeModel(model, none, float16()).model))
    expect(kinds(half)).toContain('DEQUANTIZE')
    const { model: float, sourceIndex } = floatConstants(half)
    expect(kinds(float)).toEqual(kinds(model))
    kinds(float).forEach((kind, at) => expect(kinds(half)[sourceIndex(0, at)]).toBe(kind))
  })

  it.each([
    ['float16', float16()],
    ['int8 beside float activations', dynamic({ minimumElements: 1 })],
  ])('become integers like the float model: %s', (_, scheme) => {
    const model = exampleModel()
    const packed = readModel(writeModel(quantizeModel(model, none, scheme).model))
    const fromFloat = quantizeModel(model, exampleCalibration(model), int8())
    const fromPacked = quantizeModel(packed, exampleCalibration(packed), int8())
    expect(kinds(fromPacked.model)).toEqual(kinds(fromFloat.model))
    expect(fromPacked.floatOperators.map(({ kind }) => kind)).toEqual(
      fromFloat.floatOperators.map(({ kind }) => kind),
    )
    const [before, after] = [fromFloat, fromPacked].map((each) => writeModel(each.model).byteLength)
    expect(after! - before!).toBeLessThan(0.1 * before!)
    expect(fromPacked.source).toBe(packed)
  })
})
