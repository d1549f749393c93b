import { describeWithFixtures, readFixture } from '@quantrx/testing'
import { constantBytes, operatorKind, readModel, writeModel } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { describe, expect, it } from 'vitest'
import { faultsOf } from './check-model.conformance.ts'
import { exampleCalibration, exampleModels } from './example-models.conformance.ts'
import { quantizeModel } from './quantize-model.ts'
import { int8 } from './schemes/int8.ts'

const model = exampleModels['network']!()
const calibration = exampleCalibration(model)

describe('what cannot be quantized is named', () => {
  it('a tensor that was not calibrated', () => {
    const tensors = calibration.tensors.filter(({ name }) => name !== 'sum')
    expect(() => quantizeModel(model, { ...calibration, tensors }, int8())).toThrow(
      '[quantize] "strategy example, tensor sum": got no calibrated range, expected one for every float tensor of the model. Calibrate with this very model',
    )
  })

  it('a calibration of another model', () => {
    const tensors = calibration.tensors.map((tensor) => ({ ...tensor, name: `other ${tensor.name}` }))
    expect(() => quantizeModel(model, { ...calibration, tensors }, int8())).toThrow(
      /got a calibration of "other \w+", expected one of "\w+"/,
    )
  })

  it('a range that is none', () => {
    const tensors = calibration.tensors.map((tensor) => ({ ...tensor, result: { min: 1, max: Infinity } }))
    expect(() => quantizeModel(model, { ...calibration, tensors }, int8())).toThrow(
      'got the range 1 to Infinity, expected finite numbers',
    )
  })

  it('a model that is quantized already', () => {
    const { model: integer } = quantizeModel(model, calibration, int8({ io: 'int8' }))
    expect(() => quantizeModel(integer, exampleCalibration(integer), int8())).toThrow(
      '[quantize] "model": got no float operator that can become an integer one',
    )
  })
})

/** Any plausible ranges: what is tested here does not depend on them. */
const real = (file: string): Model => readModel(readFixture('data/models', `${file}.tflite`))

describeWithFixtures('real models', () => {
  it.each([
    ['resnet8_cifar10_float', 98_496],
    ['mobilenet_v1_0.25_224_float', 0.3 * 1_882_904],
    ['kws_dscnn_float_restored', 53_936],
    ['mnist_conv_fc_float', 0.3 * 205_040],
  ])('%s becomes at most %i bytes, without faults or float operators', (file, limit) => {
    const float = real(file)
    const { model: integer, floatOperators } = quantizeModel(float, exampleCalibration(float), int8())
    expect(writeModel(integer).length).toBeLessThanOrEqual(limit)
    expect(floatOperators).toEqual([])
    expect(faultsOf(integer)).toEqual([])
  })

  it("gives the convolutions of kws exactly the publisher's int8 weights and scales", () => {
    const float = real('kws_dscnn_float_restored')
    const { model: ours } = quantizeModel(float, exampleCalibration(float), int8({ io: 'int8' }))
    const filters = (each: Model) =>
      (each.subgraphs?.[0]?.operators ?? [])
        .filter((operator) => operatorKind(each, operator) === 'CONV_2D')
        .map((operator) => each.subgraphs![0]!.tensors![operator.inputs![1]!]!)
        .map((tensor) => [tensor.quantization?.scale, Array.from(constantBytes(each, tensor) ?? [])])
    expect(filters(ours)).toHaveLength(5)
    expect(filters(ours)).toEqual(filters(real('kws_dscnn_int8_official')))
  })
})
