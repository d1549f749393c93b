import type { Model } from '@quantrx/tflite'
import { constantBytes, operatorKind, readModel, writeModel } from '@quantrx/tflite'
import { describe, expect, it } from 'vitest'
import { exampleCalibration, exampleModels } from '../example-models.conformance.ts'
import { quantizeModel } from '../quantize-model.ts'
import { dynamic, int16x8, int8 } from '../schemes/index.ts'
import { imitating } from './imitating.conformance.ts'
import { trainedCalibration } from './trained-calibration.ts'
import { withoutFakeQuantization } from './without-fake-quantization.ts'

const kindsOf = (model: Model): readonly string[] =>
  model.subgraphs![0]!.operators!.map((operator) => operatorKind(model, operator))

/** Bytes of constants, and scales and zero points, of all that operators use, in their order. */
function usedBy(model: Model) {
  const { operators = [], tensors = [] } = model.subgraphs![0]!
  return operators.map(({ inputs = [], outputs = [] }) =>
    [...inputs, ...outputs].map((at) => {
      const { type, quantization } = tensors[at]!
      return { type, quantization, bytes: constantBytes(model, tensors[at]!) }
    }),
  )
}

const quantizedBy = (model: Model, scheme = int8()): Model =>
  quantizeModel(model, exampleCalibration(model), scheme).model

// What is an input and an output at once has no other tensor to stand for it.
const names = Object.keys(exampleModels).filter((name) => name !== 'sharing')

describe.each(names)('a model that training has made ready for integers: %s', (name) => {
  const float = exampleModels[name]!()
  const quantized = quantizedBy(float)

  it('becomes those integers, without samples', () => {
    const trained = readModel(writeModel(imitating(float, quantized, 'pairs')))
    expect(kindsOf(trained)).toContain('DEQUANTIZE')
    const again = quantizeModel(trained, trainedCalibration(trained)!, int8())
    expect(kindsOf(again.model)).toEqual(kindsOf(quantized))
    expect(usedBy(again.model)).toEqual(usedBy(quantized))
    const kinds = kindsOf(trained)
    expect(again.floatOperators.map(({ index, kind }) => [kinds[index], kind])).toEqual(
      quantizeModel(float, exampleCalibration(float), int8()).floatOperators.map(({ kind }) => [kind, kind]),
    )
  })
})

describe('what training leaves in a model', () => {
  const float = exampleModels['network']!()
  const quantized = quantizedBy(float)
  const trained = imitating(float, quantized, 'FAKE_QUANT')

  it('may be one operator, whose range holds in place of what samples show', () => {
    expect(kindsOf(trained)).toContain('FAKE_QUANT')
    const again = quantizedBy(trained)
    expect(kindsOf(again)).toEqual(kindsOf(quantized))
    usedBy(again).forEach((tensors, operator) =>
      tensors.forEach(({ quantization, bytes }, at) => {
        const before = usedBy(quantized)[operator]![at]!
        quantization?.scale?.forEach((scale, slice) =>
          expect(scale).toBeCloseTo(before.quantization!.scale![slice]!, 6),
        )
        expect([quantization?.zeroPoint, bytes?.byteLength]).toEqual([
          before.quantization?.zeroPoint,
          before.bytes?.byteLength,
        ])
      }),
    )
  })

  it('holds for int16 as a range, and for weights beside float activations', () => {
    const wide = quantizedBy(trained, int16x8())
    expect(kindsOf(wide)).toEqual(kindsOf(quantizedBy(float, int16x8())))
    const pairs = imitating(float, quantized, 'pairs')
    const weightsOf = (model: Model) =>
      model.subgraphs![0]!.tensors!.filter(({ type, buffer }) => type === 'INT8' && buffer !== 0)
    const hybrid = weightsOf(quantizedBy(pairs, dynamic({ minimumElements: 1 })))
    expect(hybrid.map(({ quantization }) => quantization)).toEqual(
      weightsOf(quantized).map(({ quantization }) => quantization),
    )
  })

  it('is nothing in models that were trained without', () => {
    expect(withoutFakeQuantization(float).model).toBe(float)
    expect(trainedCalibration(float)).toBeUndefined()
  })

  it('needs samples for what it does not settle', () => {
    const [graph] = trained.subgraphs!
    const [kept, ...others] = trainedCalibration(trained)!.tensors
    expect(others.length).toBeGreaterThan(0)
    const operators = graph!.operators!.filter(
      (each) => operatorKind(trained, each) !== 'FAKE_QUANT' || each.inputs![0] === kept!.index,
    )
    const inputOf = new Map(
      graph!.operators!.flatMap((each) =>
        operators.includes(each) ? [] : [[each.outputs![0]!, each.inputs![0]!] as const],
      ),
    )
    const rewired = operators.map((each) => ({
      ...each,
      inputs: each.inputs!.map((tensor) => inputOf.get(tensor) ?? tensor),
    }))
    const outputs = graph!.outputs!.map((tensor) => inputOf.get(tensor) ?? tensor)
    const partly = { ...trained, subgraphs: [{ ...graph!, operators: rewired, outputs }] }
    expect(() => quantizeModel(partly, trainedCalibration(partly)!, int8())).toThrow('Calibrate on samples')
    expect(kindsOf(quantizedBy(partly))).toEqual(kindsOf(quantized))
  })

  it('stays where an input of the model is its output, too', () => {
    const shared = exampleModels['sharing']!()
    const pairs = imitating(shared, quantizedBy(shared), 'pairs')
    const { model } = withoutFakeQuantization(pairs)
    expect(kindsOf(model).filter((kind) => kind.includes('QUANT'))).toEqual(['QUANTIZE', 'DEQUANTIZE'])
  })
})
