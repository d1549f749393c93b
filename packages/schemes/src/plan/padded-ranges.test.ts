import { constantBytes } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { describe, expect, it } from 'vitest'
import { exampleCalibration, modelBuilder, poolOptions } from '../example-models.conformance.ts'
import { quantizeModel } from '../quantize-model.ts'
import { int8 } from '../schemes/int8.ts'

const [image, larger] = [
  [1, 3, 3, 2],
  [1, 4, 4, 2],
]

/** An image with a row and a column of some number in front, of which a pool takes the maxima or, as well, the means. */
function padded(value: number, pools: readonly ('MAX_POOL_2D' | 'AVERAGE_POOL_2D')[]): Model {
  const builder = modelBuilder()
  const input = builder.tensor('input', image!)
  const active = builder.add('RELU_N1_TO_1', [input], 'active', image!)
  const amounts = builder.integers('amounts', 0, 0, 1, 0, 1, 0, 0, 0)
  const sums = builder.add('PADV2', [active, amounts, builder.values('value', value)], 'padded', larger!)
  const outputs = pools.map((kind) => builder.add(kind, [sums], kind, [1, 2, 2, 2], poolOptions))
  const model = builder.finish([input], outputs)
  const [graph] = model.subgraphs!
  const tensors = graph!.tensors!.map((tensor) =>
    tensor.name === 'amounts' ? { ...tensor, shape: [4, 2] } : tensor,
  )
  return { ...model, subgraphs: [{ ...graph!, tensors }] }
}

/** Scales of what is padded, before and after, and the integer that stands for the padding. */
function quantized(model: Model, lowest: number) {
  const calibration = exampleCalibration(model)
  const tensors = calibration.tensors.map((tensor) => {
    if (tensor.name === 'active') return { ...tensor, result: { min: -1, max: 1 } }
    return tensor.name === 'padded' ? { ...tensor, result: { min: lowest, max: 1 } } : tensor
  })
  const candidate = quantizeModel(model, { ...calibration, tensors }, int8())
  const find = (name: string) =>
    candidate.model.subgraphs![0]!.tensors!.find((tensor) => tensor.name === name)!
  const scales = ['active', 'padded'].map((name) => find(name).quantization!.scale![0])
  return { scales, padding: new Int8Array(constantBytes(candidate.model, find('value'))!)[0], candidate }
}

const step = Math.fround(2 / 255)

describe('padding with less than all numbers', () => {
  it.each([-Infinity, -1e9])('of %s in front of a maximum takes no integers from them', (value) => {
    const { scales, padding, candidate } = quantized(padded(value, ['MAX_POOL_2D']), Math.max(value, -3e38))
    expect(scales).toEqual([step, step])
    expect(padding).toBe(-128)
    expect(candidate.floatOperators).toEqual([])
  })

  it('is a number as any other where a mean is taken, too, or where it may be the maximum', () => {
    const mean = quantized(padded(-7, ['MAX_POOL_2D', 'AVERAGE_POOL_2D']), -7)
    expect(mean.scales).toEqual([Math.fround(8 / 255), Math.fround(8 / 255)])
    const zero = quantized(padded(0, ['MAX_POOL_2D']), -1)
    const { zeroPoints } = zero.candidate.parameters.find(({ name }) => name === 'padded')!
    expect(zeroPoints).toEqual([-1])
    expect(zero.padding).toBe(-1)
  })
})
