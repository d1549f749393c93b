import { seededRandom } from '@quantrx/core'
import type { Tensor } from '@quantrx/core'
import { openLiteRt } from '@quantrx/testing'
import { writeModel } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { encode } from 'flatbuffers/js/flexbuffers.js'
import { describe, expect, it } from 'vitest'
import { compile } from '../compile.ts'
import { customModel } from './custom-model.conformance.ts'
import type { CustomOperator } from './custom-operator.ts'

const doubling = customModel(
  'Double',
  [
    { name: 'x', shape: [2] },
    { name: 'y', shape: [2] },
  ],
  [1, 1],
  encode({ by: 2 }),
)
const double: CustomOperator = {
  prepare({ inputs: [input], outputs: [output] }) {
    const [from, to] = [input!.data as Float32Array, output!.data as Float32Array]
    return () => from.forEach((value, at) => (to[at] = 2 * value))
  },
}
const sample: Tensor = { type: 'float32', shape: [2], data: Float32Array.of(1, -3) }

describe('custom operators', () => {
  it('run what is registered under their name', async () => {
    const program = await compile(doubling, { customOperators: { Double: double } })
    expect(Array.from(program.run([sample])[0]!.data as Float32Array)).toEqual([2, -6])
  })

  it('are named where nothing is registered, and what to do', async () => {
    await expect(compile(doubling)).rejects.toThrow(
      /custom operator Double, expected one of TFLite_Detection_PostProcess. Register .*"Double": { prepare } /,
    )
    await expect(compile(doubling, { customOperators: { Halve: double } })).rejects.toThrow('Double')
  })

  it.each([
    ['edgetpu-custom-op', 'This is code for an Edge TPU: take the model that it was compiled from. Register'],
    ['FlexErf', "This is TensorFlow's own Erf: convert the model again without SELECT_TF_OPS. Register"],
  ])('say where %s comes from', async (name, advice) => {
    const operatorCodes = doubling.operatorCodes!.map((code) => ({ ...code, customCode: name }))
    await expect(compile({ ...doubling, operatorCodes })).rejects.toThrow(advice)
  })
})

/** Boxes in rows, each row of several that overlap. */
function detector(perClass: boolean): Model {
  const anchors = Float32Array.from({ length: 24 * 4 }, (_, at) => {
    const [box, part] = [at >> 2, at & 3]
    return part < 2 ? (part === 0 ? (box >> 3) / 3 : (box & 7) / 12) + 0.2 : 0.25
  })
  return customModel(
    'TFLite_Detection_PostProcess',
    [
      { name: 'encodings', shape: [1, 24, 4] },
      { name: 'scores', shape: [1, 24, 4] },
      { name: 'anchors', shape: [24, 4], data: anchors },
      ...['boxes', 'classes', 'scores kept', 'count'].map((name, at) => ({
        name,
        shape: [[1, 6, 4], [1, 6], [1, 6], [1]][at]!,
      })),
    ],
    [3, 4],
    encode({
      ...{ max_detections: 6, max_classes_per_detection: 1, detections_per_class: 5, num_classes: 3 },
      ...{ use_regular_nms: perClass, nms_score_threshold: 0.25, nms_iou_threshold: 0.4 },
      ...{ y_scale: 10, x_scale: 10, h_scale: 5, w_scale: 5 },
    }),
  )
}

describe.each([true, false])('TFLite_Detection_PostProcess, each class alone: %s', (perClass) => {
  it.each([1, 2, 3])('finds what LiteRT finds in random detections %s', async (seed) => {
    const random = seededRandom(seed)
    const encodings = Float32Array.from({ length: 96 }, () => random.normal())
    const scores = Float32Array.from({ length: 96 }, () => random.next())
    const model = detector(perClass)
    const program = await compile(model)
    const [boxes, classes, kept, count] = program.run([
      { type: 'float32', shape: [1, 24, 4], data: encodings },
      { type: 'float32', shape: [1, 24, 4], data: scores },
    ])
    const oracle = await openLiteRt(writeModel(model))
    const expected = (
      await oracle.run([new Uint8Array(encodings.buffer), new Uint8Array(scores.buffer)])
    ).map((bytes) => new Float32Array(bytes.slice().buffer))
    oracle.close()
    const found = expected[3]![0]!
    expect(found).toBeGreaterThan(2)
    expect(count!.data[0]).toBe(found)
    expect(classes!.data.slice(0, found)).toEqual(expected[1]!.slice(0, found))
    expect(kept!.data.slice(0, found)).toEqual(expected[2]!.slice(0, found))
    const values = boxes!.data as Float32Array
    expected[0]!.slice(0, 4 * found).forEach((value, at) => expect(values[at]).toBeCloseTo(value, 5))
  })
})

it('names an option that is missing', async () => {
  const model = detector(false)
  const [graph] = model.subgraphs!
  const operators = graph!.operators!.map((operator) => ({
    ...operator,
    customOptions: encode({ max_detections: 2 }),
  }))
  await expect(compile({ ...model, subgraphs: [{ ...graph!, operators }] })).rejects.toThrow(
    'max_classes_per_detection',
  )
})
