import type { Tensor } from '@quantrx/core'
import type { BuiltinOptions } from '@quantrx/tflite'
import { describe, expect, it } from 'vitest'
import { activationRunner } from './activation-runner.ts'
import { compile } from './compile.ts'
import { compileStandalone } from './standalone/compile-standalone.ts'
import { tinyModel } from './tiny-model.conformance.ts'
import type { TinyTensor } from './tiny-model.conformance.ts'

const addOptions: BuiltinOptions = {
  ...{ kind: 'AddOptions', fusedActivationFunction: 'NONE', potScaleInt16: true },
}

/** Sums up what it is given: total = input + memory, memory = |total|. */
function summing(type: Partial<TinyTensor>) {
  const shape = [1, 8]
  const tensors: readonly TinyTensor[] = [
    { ...type, name: 'input', shape },
    { ...type, name: 'memory', shape, variable: true },
    { ...type, name: 'total', shape },
  ]
  return tinyModel(
    tensors,
    [
      { kind: 'ADD', inputs: [0, 1], outputs: [2], options: addOptions },
      { kind: 'ABS', inputs: [2], outputs: [1] },
    ],
    [0],
    [2],
  )
}

const sample = (...values: readonly number[]): Tensor => ({
  ...{
    type: 'float32',
    shape: [1, 8],
    data: Float32Array.from([...values, 0, 0, 0, 0, 0, 0, 0].slice(0, 8)),
  },
})

describe('variables', () => {
  for (const innerLoop of ['auto', 'reference'] as const) {
    it(`keep what a run leaves until they are reset, with inner loop ${innerLoop}`, async () => {
      const program = await compile(summing({}), { innerLoop })
      expect(program.variables.map(({ name }) => name)).toEqual(['memory'])
      const total = (value: number): number => Number(program.run([sample(value)])[0]?.data[0])
      expect([total(1), total(2), total(-4)]).toEqual([1, 3, -1])
      program.reset()
      expect(total(5)).toBe(5)
    })
  }

  it('start at the zero point when they are int8', async () => {
    const program = await compile(summing({ type: 'INT8', scale: 0.5, zeroPoint: -7 }))
    const [total] = program.run([sample(3)])
    expect(total?.data[0]).toBe(6 - 7)
    expect(Array.from(program.variables[0]?.data as Int8Array)[0]).toBe(-1)
    program.reset()
    expect(Array.from(program.variables[0]?.data as Int8Array)).toEqual(Array(8).fill(-7))
  })

  it('are reset before each sample that is observed', async () => {
    const totals: number[] = []
    const run = activationRunner(await compile(summing({})))
    for (const index of [0, 1]) {
      run({ index, inputs: [sample(2)] }, ({ tensor, values }) => {
        if (tensor.name === 'total') totals.push(values[0]!)
      })
    }
    expect(totals).toEqual([2, 2])
  })

  it('are refused by name in a module that stands alone', () => {
    expect(() => compileStandalone(summing({}))).toThrow('tensors[1] memory')
  })

  it('have no values in the file', async () => {
    const model = summing({})
    const [subgraph] = model.subgraphs!
    const tensors = subgraph!.tensors!.map((tensor) => ({ ...tensor, buffer: tensor.isVariable ? 1 : 0 }))
    const buffers = [...model.buffers!, { data: new Uint8Array(32), offset: 0n, size: 0n }]
    const withValues = { ...model, buffers, subgraphs: [{ ...subgraph!, tensors }] }
    await expect(compile(withValues)).rejects.toThrow('a variable tensor with values in the file')
  })
})
