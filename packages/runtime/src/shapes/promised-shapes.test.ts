import type { Tensor } from '@quantrx/core'
import type { Model } from '@quantrx/tflite'
import { describe, expect, it } from 'vitest'
import { compile } from '../compile.ts'
import { tinyModel } from '../tiny-model.conformance.ts'

const concatenation = { kind: 'ConcatenationOptions', axis: 0, fusedActivationFunction: 'NONE' } as const

/** Turns `x` by `n` places, as converted loops write an element of a list: two slices of open sizes, and all of them joined. */
const turning = openAt(
  ['front', 'back'],
  tinyModel(
    [
      { name: 'x', shape: [4] },
      { name: 'n', shape: [1], type: 'INT32' },
      { name: 'start', shape: [1], type: 'INT32', data: Int32Array.of(0) },
      { name: 'rest', shape: [1], type: 'INT32', data: Int32Array.of(-1) },
      { name: 'front', shape: [1] },
      { name: 'back', shape: [1] },
      { name: 'turned', shape: [4] },
      { name: 'y', shape: [4] },
    ],
    [
      { kind: 'SLICE', inputs: [0, 2, 1], outputs: [4] },
      { kind: 'SLICE', inputs: [0, 1, 3], outputs: [5] },
      { kind: 'CONCATENATION', inputs: [5, 4], outputs: [6], options: concatenation },
      { kind: 'RELU', inputs: [6], outputs: [7] },
    ],
    [0, 1],
    [7],
  ),
)

/** Marks the size of some tensors as open, as converters do. */
function openAt(names: readonly string[], model: Model): Model {
  const [graph] = model.subgraphs!
  const tensors = graph!.tensors!.map((tensor) =>
    names.includes(tensor.name ?? '') ? { ...tensor, shapeSignature: [-1] } : tensor,
  )
  return { ...model, subgraphs: [{ ...graph!, tensors }] }
}

const inputs = (n: number, size = 4): Tensor[] => [
  {
    ...{ type: 'float32', shape: [size] },
    data: Float32Array.from({ length: size }, (_, at) => at + 1),
  },
  { type: 'int32', shape: [1], data: Int32Array.of(n) },
]

describe('shapes that a file promises', () => {
  it('are settled when values decide how they come about, so that what follows has generated code', async () => {
    const program = await compile(turning)
    for (const [n, expected] of [
      [1, [2, 3, 4, 1]],
      [3, [4, 1, 2, 3]],
      [0, [1, 2, 3, 4]],
      [4, [1, 2, 3, 4]],
    ] as const) {
      expect(Array.from(program.run(inputs(n))[0]!.data as Float32Array)).toEqual(expected)
    }
    expect(program.outputs[0]!.dynamic).toBeUndefined()
    expect(program.operators.map(({ kernel }) => kernel !== 'reference')).toEqual([false, false, false, true])
  })

  it('are not those of inputs of other sizes', async () => {
    const program = await compile(turning, { inputShapes: [[6], [1]] })
    expect(Array.from(program.run(inputs(2, 6))[0]!.data as Float32Array)).toEqual([3, 4, 5, 6, 1, 2])
  })

  it('are not those of a file that marks no size as open', async () => {
    const silent = await compile({
      ...turning,
      subgraphs: turning.subgraphs!.map((graph) => ({
        ...graph,
        tensors: graph.tensors!.map(({ shapeSignature: _, ...tensor }) => tensor),
      })),
    })
    expect(silent.outputs[0]!.dynamic).toBe(true)
  })

  it('are an error that names the tensor when they turn out otherwise', async () => {
    const [graph] = turning.subgraphs!
    const operators = graph!.operators!.map((operator, at) =>
      at === 2 ? { ...operator, inputs: [0, 4] } : operator,
    )
    const program = await compile({ ...turning, subgraphs: [{ ...graph!, operators }] })
    expect(() => program.run(inputs(2))).toThrow(/turned.*got float32 \[6\]|got float32 \[6\].*\[4\]/s)
  })
})
