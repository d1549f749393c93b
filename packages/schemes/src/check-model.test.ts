import { operatorKind } from '@quantrx/tflite'
import type { Model, Operator, SubGraph, Tensor } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { faultsOf } from './check-model.conformance.ts'
import { exampleCalibration, exampleModels } from './example-models.conformance.ts'
import { quantizeModel } from './quantize-model.ts'
import { int8 } from './schemes/int8.ts'

const source = exampleModels['network']!()
const { model } = quantizeModel(source, exampleCalibration(source), int8({ io: 'int8' }))
const graph = model.subgraphs![0]!

const withGraph = (changes: Partial<SubGraph>): Model => ({ ...model, subgraphs: [{ ...graph, ...changes }] })
const withTensor = (name: string, changes: Partial<Tensor>): Model =>
  withGraph({ tensors: graph.tensors!.map((each) => (each.name === name ? { ...each, ...changes } : each)) })
const withOperator = (kind: string, changes: Partial<Operator>): Model =>
  withGraph({
    operators: graph.operators!.map((each) =>
      operatorKind(model, each) === kind ? { ...each, ...changes } : each,
    ),
  })
const quantization = (scale: number, zeroPoint: bigint) => ({
  quantization: { scale: [scale], zeroPoint: [zeroPoint], quantizedDimension: 0 },
})

it('finds nothing wrong with a sound model', () => expect(faultsOf(model)).toEqual([]))

it.each<[string, Model]>([
  ['probabilities: bad scale', withTensor('probabilities', quantization(0, 0n))],
  ['probabilities: zero point out of range', withTensor('probabilities', quantization(1, 128n))],
  ['first/filter: scales do not fit the axis', withTensor('first/filter', { shape: [4, 8, 4, 8] })],
  ['CONV_2D: bias INT8', withTensor('first/bias', { type: 'INT8' })],
  ['CONV_2D: bias scale', withTensor('first/bias', quantization(1, 0n))],
  ['AVERAGE_POOL_2D: rescales', withTensor('pooled', quantization(0.5, 1n))],
  ['SOFTMAX: 0.5 1', withTensor('probabilities', quantization(0.5, 1n))],
  ['ADD: scale 1e-9', withTensor('sum', quantization(1e-9, 1n))],
  ['there is no tensor 99', withOperator('ADD', { inputs: [99, 0] })],
  ['there is no operator code 99', withOperator('ADD', { opcodeIndex: 99 })],
  ['sum: there is no buffer 99', withTensor('sum', { buffer: 99 })],
  ['output 99 is never computed', withGraph({ outputs: [99] })],
  [`CONV_2D: input ${graph.inputs![0]} is not ready`, withGraph({ inputs: [] })],
])('finds: %s', (fault, damaged) => expect(faultsOf(damaged)).toContain(fault))
