import { openLiteRt } from '@quantrx/testing'
import { operatorKind, writeModel } from '@quantrx/tflite'
import type { BuiltinOptions, Model } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { exampleCalibration, modelBuilder } from '../example-models.conformance.ts'
import { quantizeModel } from '../quantize-model.ts'
import { dynamic } from '../schemes/dynamic.ts'
import { int8 } from '../schemes/int8.ts'

function transposeConv(bias: boolean, fusedActivationFunction: 'NONE' | 'RELU'): Model {
  const { tensor, constant, integers, add, finish } = modelBuilder()
  const input = tensor('input', [1, 3, 3, 4])
  const operands = [integers('shape', 1, 6, 6, 8), constant('filter', [8, 3, 3, 4]), input]
  const options: BuiltinOptions = {
    kind: 'TransposeConvOptions',
    ...{ padding: 'SAME', strideH: 2, strideW: 2, fusedActivationFunction, quantizedBiasType: 'FLOAT32' },
  }
  const biases = bias ? [constant('bias', [8])] : []
  return finish([input], [add('TRANSPOSE_CONV', [...operands, ...biases], 'output', [1, 6, 6, 8], options)])
}

function batchMatmul(constantRight: boolean): Model {
  const { tensor, constant, add, finish } = modelBuilder()
  const left = tensor('left', [2, 3, 4])
  const right = constantRight ? constant('right', [2, 4, 5]) : tensor('right', [2, 4, 5])
  const options: BuiltinOptions = {
    kind: 'BatchMatMulOptions',
    ...{ adjX: false, adjY: false, asymmetricQuantizeInputs: false },
  }
  const output = add('BATCH_MATMUL', [left, right], 'output', [2, 3, 5], options)
  return finish(constantRight ? [left] : [left, right], [output])
}

it.each([
  ['TRANSPOSE_CONV', 2, transposeConv(false, 'NONE')],
  ['TRANSPOSE_CONV', 3, transposeConv(true, 'NONE')],
  ['TRANSPOSE_CONV', 4, transposeConv(true, 'RELU')],
  ['BATCH_MATMUL', 2, batchMatmul(true)],
  ['BATCH_MATMUL', 2, batchMatmul(false)],
] as const)(
  'makes %s an integer operator of version %i, which LiteRT runs',
  async (kind, version, source) => {
    const { model, floatOperators } = quantizeModel(source, exampleCalibration(source), int8())
    expect(floatOperators).toEqual([])
    expect(model.operatorCodes?.find(({ builtinCode }) => builtinCode === kind)?.version).toBe(version)
    const graph = model.subgraphs![0]!
    const operator = graph.operators!.find((each) => operatorKind(model, each) === kind)!
    const [, second] = operator.inputs!
    const scales = graph.tensors![second!]!.quantization!.scale
    expect(scales).toHaveLength(kind === 'TRANSPOSE_CONV' ? 8 : 1)
    const oracle = await openLiteRt(writeModel(model))
    const sizes = oracle.inputs.map(({ shape }) => shape.reduce((product, size) => product * size, 4))
    const outputs = await oracle.run(sizes.map((size) => new Uint8Array(size)))
    oracle.close()
    expect(outputs).toHaveLength(1)
  },
)

it('makes the weights of TRANSPOSE_CONV integers where activations stay float, which LiteRT runs', async () => {
  const source = transposeConv(true, 'RELU')
  const nothing = { ...exampleCalibration(source), tensors: [] }
  const { model, floatOperators } = quantizeModel(source, nothing, dynamic({ minimumElements: 1 }))
  expect(floatOperators).toEqual([])
  const [, filter, input] = model.subgraphs![0]!.operators![0]!.inputs!
  const tensors = model.subgraphs![0]!.tensors!
  expect([tensors[filter!]!.type, tensors[input!]!.type]).toEqual(['INT8', 'FLOAT32'])
  expect(tensors[filter!]!.quantization!.scale).toHaveLength(8)
  const oracle = await openLiteRt(writeModel(model))
  const zeros = oracle.inputs.map(({ shape }) => new Uint8Array(shape.reduce((all, size) => all * size, 4)))
  expect(await oracle.run(zeros)).toHaveLength(1)
  oracle.close()
})
