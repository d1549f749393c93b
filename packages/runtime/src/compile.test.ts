import type { Tensor } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { compile } from './compile.ts'
import type { CompileOptions } from './compile.ts'
import { tinyModel } from './tiny-model.conformance.ts'

const two = (name: string) => ({ name, shape: [1, 2] })
const values = (...all: number[]): Tensor => ({
  type: 'float32',
  shape: [1, all.length],
  data: Float32Array.from(all),
})

const reluTwice = tinyModel(
  [two('x'), two('middle'), two('y')],
  [
    { kind: 'RELU', inputs: [0], outputs: [1] },
    { kind: 'RELU6', inputs: [1], outputs: [2] },
  ],
  [0],
  [2],
)

it('runs the operators in order and returns the outputs', async () => {
  const program = await compile(reluTwice)
  const [output] = program.run([values(-3, 9)])
  expect(Array.from(output!.data as Float32Array)).toEqual([0, 6])
  expect(program.operators.map(({ index, kind }) => [index, kind])).toEqual([
    [0, 'RELU'],
    [1, 'RELU6'],
  ])
})

it('shows inputs first, then every result as soon as it is computed', async () => {
  const seen: [string, number[]][] = []
  const program = await compile(reluTwice)
  program.run([values(-3, 9)], ({ name, data }) => seen.push([name, Array.from(data as Float32Array)]))
  expect(seen).toEqual([
    ['x', [-3, 9]],
    ['middle', [0, 9]],
    ['y', [0, 6]],
  ])
})

it('gives back an input that is an output', async () => {
  const program = await compile(tinyModel([two('x')], [], [0], [0]))
  expect(Array.from(program.run([values(1, 2)])[0]!.data as Float32Array)).toEqual([1, 2])
})

describe('what cannot run is named', () => {
  it('an operator that is not there yet', async () => {
    const model = tinyModel(
      [two('x'), two('y')],
      [{ kind: 'LSH_PROJECTION', inputs: [0], outputs: [1] }],
      [0],
      [1],
    )
    await expect(compile(model)).rejects.toThrow(
      /^\[runtime\] "operators\[0\]": got operator LSH_PROJECTION, expected one of those that supportedOperators\(\) lists\. Remove/,
    )
  })

  it('types that an operator does not take', async () => {
    const tensors = [{ ...two('x'), type: 'INT32' as const }, two('y')]
    const model = tinyModel(tensors, [{ kind: 'RELU', inputs: [0], outputs: [1] }], [0], [1])
    await expect(compile(model)).rejects.toThrow(
      '[runtime] "operators[0] RELU": got inputs of type int32 and outputs of type float32',
    )
  })

  it('a tensor without a numeric type', async () => {
    const tensors = [{ ...two('x'), type: 'STRING' as const }, two('y')]
    const model = tinyModel(tensors, [{ kind: 'RELU', inputs: [0], outputs: [1] }], [0], [1])
    await expect(compile(model)).rejects.toThrow('"subgraphs[0].tensors[0] x": got a tensor of type STRING')
  })

  it('a subgraph that is not there', async () => {
    await expect(compile(reluTwice, { subgraph: 3 })).rejects.toThrow('"subgraphs[3]": got no such subgraph')
  })

  it('tensors that are not there', async () => {
    const model = tinyModel([two('x')], [{ kind: 'RELU', inputs: [0], outputs: [7] }], [0], [7])
    await expect(compile(model)).rejects.toThrow(
      'operators[0].outputs[0]": got tensor 7, expected an index below 1',
    )
  })

  it('operators out of order', async () => {
    const operators = [
      { kind: 'RELU6' as const, inputs: [1], outputs: [2] },
      { kind: 'RELU' as const, inputs: [0], outputs: [1] },
    ]
    const model = tinyModel([two('x'), two('middle'), two('y')], operators, [0], [2])
    await expect(compile(model)).rejects.toThrow(
      'operators[0].inputs[0]": got tensor 1 ("middle"), which nothing has computed yet',
    )
  })

  it('an operator that writes a constant', async () => {
    const tensors = [two('x'), { ...two('y'), data: Float32Array.of(1, 2) }]
    const model = tinyModel(tensors, [{ kind: 'RELU', inputs: [0], outputs: [1] }], [0], [1])
    await expect(compile(model)).rejects.toThrow('got the constant or input "y", expected a tensor to write')
  })

  it.each([
    [[2 ** 31, 2 ** 31], 'got shape [2147483648, 2147483648]'],
    [[-2, 2], 'got shape [-2, 2]'],
  ])('shapes without end: %j', async (shape, message) => {
    await expect(compile(tinyModel([{ name: 'x', shape }], [], [0], [0]))).rejects.toThrow(message)
  })

  it('constants that are too short', async () => {
    const model = tinyModel([{ name: 'x', shape: [3], data: Float32Array.of(1) }], [], [], [0])
    await expect(compile(model)).rejects.toThrow(
      '"subgraphs[0].tensors[0] x": got 4 bytes of constant data, expected 12 bytes',
    )
  })

  it('a wrong number of inputs', async () => {
    const program = await compile(reluTwice)
    expect(() => program.run([])).toThrow('[infer] "inputs": got 0 tensors, expected 1, one for each of x')
  })
})

describe('float products', () => {
  it('stay within rounding of the exact ones when they are fused, and are exact unless asked for', async () => {
    const weights = Float32Array.from({ length: 6 }, (_, at) => Math.fround(0.3 * at - 0.7))
    const model = tinyModel(
      [two('x'), { name: 'w', shape: [3, 2], data: weights }, { name: 'y', shape: [1, 3] }],
      [{ kind: 'FULLY_CONNECTED', inputs: [0, 1, -1], outputs: [2] }],
      [0],
      [2],
    )
    const results = async (options: CompileOptions): Promise<number[]> => {
      const program = await compile(model, options)
      return Array.from(program.run([values(0.1, -0.7)])[0]!.data as Float32Array)
    }
    const exact = await results({})
    expect(exact).toEqual(await results({ innerLoop: 'reference' }))
    const fused = await results({ floatProducts: 'fused' })
    fused.forEach((value, at) => expect(value).toBeCloseTo(exact[at]!, 6))
  })
})
