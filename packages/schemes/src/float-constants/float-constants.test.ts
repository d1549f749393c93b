import type { Calibration } from '@quantrx/core'
import { builtinCodeFields, constantBytes, operatorKind, readModel, writeModel } from '@quantrx/tflite'
import type { Model, Operator } from '@quantrx/tflite'
import { describe, expect, it } from 'vitest'
import { exampleCalibration, exampleModels } from '../example-models.conformance.ts'
import { quantizeModel } from '../quantize-model.ts'
import { dynamic, float16, int8 } from '../schemes/index.ts'
import { floatConstants } from './float-constants.ts'

const kinds = (model: Model): readonly string[] =>
  model.subgraphs![0]!.operators!.map((operator) => operatorKind(model, operator))

const exampleModel = Object.values(exampleModels)[0]!

/** The float32 constants that operators of the main graph use, by their tensors. */
function constantsOf(model: Model): ReadonlyMap<number, Uint8Array> {
  const { operators = [], tensors = [] } = model.subgraphs![0]!
  const used = operators.flatMap(({ inputs = [] }) => inputs).filter((at) => tensors[at]?.type === 'FLOAT32')
  return new Map(
    used.flatMap((at) => {
      const bytes = constantBytes(model, tensors[at]!)
      return bytes === undefined ? [] : [[at, bytes]]
    }),
  )
}

/** The model with what a DEQUANTIZE widens stored as a sparse tensor of dense levels, and a DENSIFY before it. */
function withSparseConstants(model: Model): Model {
  const [graph] = model.subgraphs!
  const tensors = [...graph!.tensors!]
  const densify = model.operatorCodes!.length
  const operators = graph!.operators!.flatMap((operator): Operator[] => {
    const input = operator.inputs?.[0] ?? -1
    const tensor = tensors[input]
    if (operatorKind(model, operator) !== 'DEQUANTIZE' || constantBytes(model, tensor!) === undefined)
      return [operator]
    const dense = tensors.push({ ...tensor!, name: `${tensor!.name} dense`, buffer: 0 }) - 1
    const { builtinOptions: _none, ...bare } = operator
    const shape = tensor!.shape ?? []
    const dimMetadata = shape.map((denseSize) => ({ format: 'DENSE' as const, denseSize }))
    tensors[input] = { ...tensor!, sparsity: { traversalOrder: [...shape.keys()], dimMetadata } }
    return [
      { ...bare, opcodeIndex: densify, inputs: [input], outputs: [dense] },
      { ...operator, inputs: [dense] },
    ]
  })
  return {
    ...model,
    operatorCodes: [...model.operatorCodes!, { ...builtinCodeFields('DENSIFY'), version: 1 }],
    subgraphs: [{ ...graph!, tensors, operators }],
  }
}

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

  it('lose what gives sparse float16 weights their zeros back, too', () => {
    const model = exampleModel()
    const half = readModel(writeModel(quantizeModel(model, none, float16()).model))
    const sparse = readModel(writeModel(withSparseConstants(half)))
    expect(kinds(sparse)).toContain('DENSIFY')
    const { model: float, sourceIndex } = floatConstants(sparse)
    expect(kinds(float)).toEqual(kinds(model))
    kinds(float).forEach((kind, at) => expect(kinds(sparse)[sourceIndex(0, at)]).toBe(kind))
    expect(constantsOf(float)).toEqual(constantsOf(floatConstants(half).model))
    expect(float.subgraphs!.flatMap(({ tensors }) => tensors!.filter(({ sparsity }) => sparsity))).toEqual([])
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
