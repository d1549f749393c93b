import { seededRandom } from '@quantrx/core'
import type { Sample, Tensor } from '@quantrx/core'
import { openLiteRt } from '@quantrx/testing'
import { writeModel } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { firstValueFrom, from, toArray } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { inputShapesFor } from '../bind-shapes.ts'
import { compile } from '../compile.ts'
import { infer } from '../infer.ts'
import { tinyModel } from '../tiny-model.conformance.ts'

const random = seededRandom(3)
const weights = Float32Array.from({ length: 12 }, () => random.normal())

/** A batch of any size: its shape is looked up, a part of it taken, packed with another size, and reshaped to. */
const batched: Model = withOpenBatch(
  tinyModel(
    [
      { name: 'x', shape: [1, 2, 2] },
      { name: 'shape', shape: [3], type: 'INT32' },
      { name: 'first', shape: [1], type: 'INT32', data: Int32Array.of(0) },
      { name: 'second', shape: [1], type: 'INT32', data: Int32Array.of(1) },
      { name: 'batch', shape: [], type: 'INT32' },
      { name: 'four', shape: [], type: 'INT32', data: Int32Array.of(4) },
      { name: 'flat shape', shape: [2], type: 'INT32' },
      { name: 'flat', shape: [1, 4] },
      { name: 'weights', shape: [3, 4], data: weights },
      { name: 'y', shape: [1, 3] },
    ],
    [
      { kind: 'SHAPE', inputs: [0], outputs: [1], options: { kind: 'ShapeOptions', outType: 'INT32' } },
      {
        ...{ kind: 'STRIDED_SLICE', inputs: [1, 2, 3, 3], outputs: [4] },
        options: {
          ...{ kind: 'StridedSliceOptions', beginMask: 0, endMask: 0, ellipsisMask: 0 },
          ...{ newAxisMask: 0, shrinkAxisMask: 1, offset: false },
        },
      },
      {
        kind: 'PACK',
        inputs: [4, 5],
        outputs: [6],
        options: { kind: 'PackOptions', valuesCount: 2, axis: 0 },
      },
      { kind: 'RESHAPE', inputs: [0, 6], outputs: [7] },
      { kind: 'FULLY_CONNECTED', inputs: [7, 8, -1], outputs: [9] },
    ],
    [0],
    [9],
  ),
)

function withOpenBatch(model: Model): Model {
  const [graph] = model.subgraphs!
  const tensors = graph!.tensors!.map((tensor) =>
    ['x', 'flat', 'y'].includes(tensor.name ?? '')
      ? { ...tensor, shapeSignature: [-1, ...tensor.shape!.slice(1)] }
      : tensor,
  )
  return { ...model, subgraphs: [{ ...graph!, tensors }] }
}

const sampleOf = (shape: readonly number[], index = 0): Sample => {
  const length = shape.reduce((product, size) => product * size, 1)
  const data = Float32Array.from({ length }, () => random.normal())
  return { index, inputs: [{ type: 'float32', shape, data }] }
}

/** LiteRT gives everything between the inputs and the outputs the shapes that follow from them. */
async function liteRt(model: Model, batch: number, { data }: Tensor): Promise<readonly number[]> {
  const [graph] = model.subgraphs!
  const ends = [...graph!.inputs!, ...graph!.outputs!]
  const tensors = graph!.tensors!.map((tensor, at) =>
    ends.includes(at) ? { ...tensor, shape: [batch, ...tensor.shape!.slice(1)] } : tensor,
  )
  const oracle = await openLiteRt(writeModel({ ...model, subgraphs: [{ ...graph!, tensors }] }))
  const [output] = await oracle.run([new Uint8Array(data.buffer, data.byteOffset, data.byteLength)])
  oracle.close()
  return Array.from(new Float32Array(output!.slice().buffer))
}

describe('open sizes', () => {
  it.each([1, 2, 5])('are those of a sample: a batch of %s, as LiteRT runs it', async (batch) => {
    const sample = sampleOf([batch, 2, 2])
    const inputShapes = inputShapesFor(batched, 0, sample)
    const program = await compile(batched, inputShapes === undefined ? {} : { inputShapes })
    const [output] = program.run(sample.inputs)
    expect(output!.shape).toEqual([batch, 3])
    const expected = await liteRt(batched, batch, sample.inputs[0]!)
    expected.forEach((value, at) => expect(output!.data[at]).toBeCloseTo(value, 5))
  })

  it('compute sizes when they compile', async () => {
    const { operators } = await compile(batched, { inputShapes: [[4, 2, 2]] })
    expect(operators.map(({ kernel }) => kernel === 'constant')).toEqual([true, true, true, false, false])
  })

  it('are kept where a sample fits the stored ones, with or without its batch', () => {
    expect(inputShapesFor(batched, 0, sampleOf([2, 2]))).toBeUndefined()
    expect(inputShapesFor(batched, 0, sampleOf([1, 2, 2]))).toBeUndefined()
    expect(inputShapesFor(batched, 0, sampleOf([3, 2, 2]))).toEqual([[3, 2, 2]])
    expect(inputShapesFor(batched, 0, sampleOf([3, 2, 7]))).toBeUndefined()
  })

  it('follow the first sample of a stream; another size is an error that names the sample', async () => {
    const shapes = (samples: readonly Sample[]) =>
      firstValueFrom(from(samples).pipe(infer(batched), toArray()))
    const seen = await shapes([sampleOf([3, 2, 2]), sampleOf([3, 2, 2], 1)])
    expect(seen.filter(({ tensor }) => tensor.name === 'y').map(({ values }) => values.length)).toEqual([
      9, 9,
    ])
    await expect(shapes([sampleOf([3, 2, 2]), sampleOf([4, 2, 2], 1)])).rejects.toThrow('sample 1')
  })

  it('refuses shapes that the model cannot have', async () => {
    await expect(compile(batched, { inputShapes: [[2, 3, 3]] })).rejects.toThrow('as many elements in both')
    await expect(compile(batched, { inputShapes: [[2, -2, 2]] })).rejects.toThrow('sizes of 0 or more')
    await expect(compile(batched, { inputShapes: [[2 ** 20, 2 ** 10, 2]] })).rejects.toThrow()
    await expect(compile(batched, { inputShapes: [] })).rejects.toThrow('one for each input')
  })
})

describe('shapes that depend on values', () => {
  /** The rows of `x` that are positive somewhere, doubled. */
  const choosing = tinyModel(
    [
      { name: 'x', shape: [4] },
      { name: 'zero', shape: [], data: Float32Array.of(0) },
      { name: 'positive', shape: [4], type: 'BOOL' },
      { name: 'places', shape: [1, 1], type: 'INT64' },
      { name: 'chosen', shape: [1] },
      { name: 'doubled', shape: [1] },
      { name: 'length', shape: [1], type: 'INT32' },
      { name: 'axis', shape: [1], type: 'INT32', data: Int32Array.of(0) },
      { name: 'sum', shape: [] },
    ],
    [
      { kind: 'GREATER', inputs: [0, 1], outputs: [2] },
      { kind: 'WHERE', inputs: [2], outputs: [3] },
      { kind: 'GATHER_ND', inputs: [0, 3], outputs: [4] },
      { kind: 'ADD', inputs: [4, 4], outputs: [5] },
      { kind: 'SHAPE', inputs: [5], outputs: [6], options: { kind: 'ShapeOptions', outType: 'INT32' } },
      { kind: 'SUM', inputs: [5, 7], outputs: [8], options: { kind: 'ReducerOptions', keepDims: false } },
    ],
    [0],
    [5, 6, 8],
  )

  it.each([
    [
      [1, -2, 3, -4],
      [2, 6],
    ],
    [[-1, -2, -3, -4], []],
    [
      [1, 2, 3, 4],
      [2, 4, 6, 8],
    ],
  ])('follow the values of each run: %j', async (values, expected) => {
    const program = await compile(choosing)
    for (const input of [[9, 9, 9, 9], values]) {
      program.run([{ type: 'float32', shape: [4], data: Float32Array.from(input) }])
    }
    const [doubled, length, sum] = program.outputs
    expect([doubled!.shape, Array.from(doubled!.data as Float32Array)]).toEqual([[expected.length], expected])
    expect(Array.from(length!.data as Int32Array)).toEqual([expected.length])
    expect(sum!.data[0]).toBe(expected.reduce((total, value) => total + value, 0))
  })

  it('makes a range whose end is computed', async () => {
    const model = tinyModel(
      [
        { name: 'end', shape: [], type: 'INT32' },
        { name: 'start', shape: [], type: 'INT32', data: Int32Array.of(0) },
        { name: 'step', shape: [], type: 'INT32', data: Int32Array.of(1) },
        { name: 'range', shape: [1], type: 'INT32' },
      ],
      [{ kind: 'RANGE', inputs: [1, 0, 2], outputs: [3] }],
      [0],
      [3],
    )
    const program = await compile(model)
    for (const end of [3, 5, 0]) {
      const [range] = program.run([{ type: 'int32', shape: [], data: Int32Array.of(end) }])
      expect(Array.from(range!.data as Int32Array)).toEqual(Array.from({ length: end }, (_, at) => at))
    }
  })
})
