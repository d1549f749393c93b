import { writeModel } from '@quantrx/tflite'
import { describe, expect, it } from 'vitest'
import { exampleCalibration, exampleModels } from './example-models.conformance.ts'
import { quantizeModel } from './quantize-model.ts'
import { rewrite } from './rewrite/rewrite.ts'
import { int8 } from './schemes/int8.ts'
import { sharedConstants } from './shared-constants.ts'

const model = exampleModels['network']!()
const calibration = exampleCalibration(model)

describe('shared constants', () => {
  it('keep the view of a subgraph, and what it has found out', () => {
    const { graph } = sharedConstants(model)
    const view = graph(0)!
    expect(graph(0)).toBe(view)
    expect(graph(7)).toBeUndefined()
    const weights = model.subgraphs![0]!.tensors!.findIndex((_, at) => view.floatConstant(at) !== undefined)
    const slices = { shape: view.shapeOf(weights), axis: 0 }
    expect(view.magnitudesOf(weights, slices)).toBe(view.magnitudesOf(weights, { ...slices }))
    expect(view.magnitudesOf(weights, { ...slices, axis: undefined })).toEqual([
      Math.max(...view.magnitudesOf(weights, slices)),
    ])
  })

  it('give quantized weights to all rewritings of the model', () => {
    const shared = sharedConstants(model)
    const plan = int8().plan(model, calibration, shared)
    const [first, second, alone] = [
      rewrite(model, plan, shared),
      rewrite(model, plan, shared),
      rewrite(model, plan),
    ]
    const weights = first.model.subgraphs![0]!.tensors!.find(
      ({ type, buffer }) => type === 'INT8' && buffer > 0,
    )!
    const bytesOf = (each: typeof first) => each.model.buffers![weights.buffer]!.data
    expect(bytesOf(first)).toBeDefined()
    expect(bytesOf(second)).toBe(bytesOf(first))
    expect(bytesOf(alone)).not.toBe(bytesOf(first))
    expect(bytesOf(alone)).toEqual(bytesOf(first))
  })

  it('are not used for another model, whose weights may differ', () => {
    const shared = sharedConstants(model)
    rewrite(model, int8().plan(model, calibration, shared), shared)
    const doubled = {
      ...model,
      buffers: model.buffers!.map((each) => {
        if (each.data === undefined || each.data.byteLength % 4 !== 0) return each
        const values = new Float32Array(each.data.slice().buffer).map((value) => -2 * value)
        return { ...each, data: new Uint8Array(values.buffer) }
      }),
    }
    const other = rewrite(doubled, int8().plan(doubled, calibration, shared), shared)
    expect(writeModel(other.model)).toEqual(writeModel(quantizeModel(doubled, calibration, int8()).model))
  })
})
