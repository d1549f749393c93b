import { viewBytes } from '@quantrx/core'
import { dynamic } from '@quantrx/schemes'
import type { Candidate } from '@quantrx/schemes'
import { constantBytes } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { correctableLayer } from './correctable-layer.ts'
import { fullyConnectedModel, quantized } from './layer-models.conformance.ts'
import { shiftBias } from './shifted-bias.ts'

const weights = [
  [127, 0],
  [0, 127],
]
/** Input scale 1/8; weights of scale 1, so biases of scale 1/8. */
const ranges = [
  [0, 255 / 8],
  [-128, 127],
] as const

function shifted({ source, model }: Candidate, shifts: readonly number[]): Model {
  const operator = model.subgraphs![0]!.operators!.findIndex(({ inputs = [] }) => inputs.length > 1)
  return shiftBias(model, correctableLayer(source, 0, model, operator)!, shifts)
}

function biasOf(model: Model) {
  const { operators = [], tensors = [] } = model.subgraphs![0]!
  const { inputs = [] } = operators.find((operator) => operator.inputs!.length > 1)!
  const tensor = tensors[inputs[2]!]!
  return { type: tensor.type, bytes: constantBytes(model, tensor)!, quantization: tensor.quantization }
}

it('adds whole steps, halves away from zero', () => {
  const candidate = quantized(fullyConnectedModel(weights, { bias: [1, -2] }), ...ranges)
  const { type, bytes } = biasOf(shifted(candidate, [0.3, -1 / 16]))
  expect([type, ...viewBytes('int32', bytes)]).toEqual(['INT32', 8 + 2, -16 - 1])
})

it('leaves a model alone where all shifts are below half a step', () => {
  const candidate = quantized(fullyConnectedModel(weights, { bias: [1, -2] }), ...ranges)
  expect(shifted(candidate, [0.06, -0.06])).toBe(candidate.model)
})

it('gives a bias to a layer without one', () => {
  const { type, bytes, quantization } = biasOf(
    shifted(quantized(fullyConnectedModel(weights), ...ranges), [1, 0]),
  )
  expect([type, ...viewBytes('int32', bytes)]).toEqual(['INT32', 8, 0])
  expect(quantization?.scale?.every((scale) => scale === 1 / 8)).toBe(true)
})

it('shifts a float bias as it is', () => {
  // Weights of fewer than 1024 elements stay float.
  const wide = [new Array<number>(512).fill(1), new Array<number>(512).fill(1)]
  const candidate = quantized(fullyConnectedModel(wide, { bias: [1, -2] }), ...ranges, dynamic())
  const { type, bytes } = biasOf(shifted(candidate, [0.25, 0.5]))
  expect([type, ...viewBytes('float32', bytes)]).toEqual(['FLOAT32', 1.25, -1.5])
})

it('leaves room in the accumulator', () => {
  const candidate = quantized(fullyConnectedModel(weights, { bias: [1, -2] }), ...ranges)
  expect([...viewBytes('int32', biasOf(shifted(candidate, [1e12, -1e12])).bytes)]).toEqual([
    2 ** 30,
    -(2 ** 30),
  ])
})
