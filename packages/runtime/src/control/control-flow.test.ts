import type { Tensor } from '@quantrx/core'
import { openLiteRt } from '@quantrx/testing'
import { writeModel } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { activationRunner } from '../activation-runner.ts'
import { compile } from '../compile.ts'
import type { CompileOptions } from '../compile.ts'
import { tinyModel } from '../tiny-model.conformance.ts'
import type { TinyOperator, TinyTensor } from '../tiny-model.conformance.ts'
import { joinModels } from './join-models.conformance.ts'

const reals = (name: string, shape: readonly number[] = [2]): TinyTensor => ({ name, shape })
const real = (...values: readonly number[]): Tensor => {
  return { type: 'float32', shape: [values.length], data: Float32Array.from(values) }
}
const bool = (value: boolean): Tensor => ({ type: 'bool', shape: [], data: Uint8Array.of(Number(value)) })

/** One operator on one tensor of two numbers. */
const unary = (kind: 'NEG' | 'SQUARE'): Model =>
  tinyModel([reals('in'), reals('out')], [{ kind, inputs: [0], outputs: [1] }], [0], [1])

const branching = joinModels(
  tinyModel(
    [{ name: 'condition', shape: [], type: 'BOOL' }, reals('x'), reals('y')],
    [
      {
        ...{ kind: 'IF', inputs: [0, 1], outputs: [2] },
        options: { kind: 'IfOptions', thenSubgraphIndex: 1, elseSubgraphIndex: 2 },
      },
    ],
    [0, 1],
    [2],
  ),
  unary('NEG'),
  unary('SQUARE'),
)

/** Doubles `x` while `count` is below a limit; called with a body that doubles by adding. */
const counting = joinModels(
  tinyModel(
    [
      { name: 'count', shape: [], type: 'INT32' },
      reals('x'),
      { name: 'counted', shape: [], type: 'INT32' },
      reals('y'),
    ],
    [
      {
        ...{ kind: 'WHILE', inputs: [0, 1], outputs: [2, 3] },
        options: { kind: 'WhileOptions', condSubgraphIndex: 1, bodySubgraphIndex: 2 },
      },
    ],
    [0, 1],
    [2, 3],
  ),
  tinyModel(
    [
      { name: 'count', shape: [], type: 'INT32' },
      reals('x'),
      { name: 'limit', shape: [], type: 'INT32', data: Int32Array.of(3) },
      { name: 'more', shape: [], type: 'BOOL' },
    ],
    [{ kind: 'LESS', inputs: [0, 2], outputs: [3] }],
    [0, 1],
    [3],
  ),
  tinyModel(
    [
      { name: 'count', shape: [], type: 'INT32' },
      reals('x'),
      { name: 'one', shape: [], type: 'INT32', data: Int32Array.of(1) },
      { name: 'next', shape: [], type: 'INT32' },
      reals('doubled'),
    ],
    [
      { kind: 'ADD', inputs: [0, 2], outputs: [3] },
      { kind: 'ADD', inputs: [1, 1], outputs: [4] },
    ],
    [0, 1],
    [3, 4],
  ),
)

const count = (value: number): Tensor => ({ type: 'int32', shape: [], data: Int32Array.of(value) })

async function run(model: Model, inputs: readonly Tensor[], options: CompileOptions = {}) {
  const program = await compile(model, options)
  return program.run(inputs).map(({ data }) => Array.from(data as Float32Array))
}

async function liteRt(model: Model, inputs: readonly Tensor[]) {
  const oracle = await openLiteRt(writeModel(model))
  const outputs = await oracle.run(
    inputs.map(({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  )
  oracle.close()
  return outputs.map((bytes, at) => {
    const { buffer } = bytes.slice()
    return Array.from(
      oracle.outputs[at]!.type === 'int32' ? new Int32Array(buffer) : new Float32Array(buffer),
    )
  })
}

it.each([true, false])('IF runs the branch for %s, as LiteRT does', async (condition) => {
  const inputs = [bool(condition), real(3, -2)]
  const outputs = await run(branching, inputs)
  expect(outputs).toEqual([condition ? [-3, 2] : [9, 4]])
  expect(outputs).toEqual(await liteRt(branching, inputs))
  expect(await run(branching, inputs, { innerLoop: 'reference' })).toEqual(outputs)
})

it.each([0, 2, 7])('WHILE counts on from %s, as LiteRT does', async (from) => {
  const inputs = [count(from), real(1, -1.5)]
  const outputs = await run(counting, inputs)
  const times = Math.max(0, 3 - from)
  expect(outputs).toEqual([[from + times], [2 ** times, -1.5 * 2 ** times]])
  expect(outputs).toEqual(await liteRt(counting, inputs))
})

/** A part under a name of its own, which two operators are. */
const composite = joinModels(
  tinyModel(
    [reals('x'), reals('y'), reals('z')],
    [0, 1].map((at): TinyOperator => ({
      ...{ kind: 'STABLEHLO_COMPOSITE', inputs: [at], outputs: [at + 1] },
      options2: {
        ...{
          kind: 'StableHLOCompositeOptions',
          name: 'test.square',
          decompositionSubgraphIndex: 1,
          version: 1,
        },
        // A map of nothing.
        ...{
          compositeAttributesFormat: 'FLEXBUFFERS',
          compositeAttributes: Uint8Array.of(0, 0, 1, 0, 0, 36, 1),
        },
      },
    })),
    [0],
    [2],
  ),
  unary('SQUARE'),
)

it('STABLEHLO_COMPOSITE runs what it consists of, as LiteRT does', async () => {
  const inputs = [real(3, -2)]
  const outputs = await run(composite, inputs)
  expect(outputs).toEqual([[81, 16]])
  expect(outputs).toEqual(await liteRt(composite, inputs))
  expect(await run(composite, inputs, { innerLoop: 'reference' })).toEqual(outputs)
})

it('shows the tensors of subgraphs each time that they run', async () => {
  const run = activationRunner(await compile(counting))
  const seen: string[] = []
  run({ index: 0, inputs: [count(1), real(1, 2)] }, ({ tensor, values }) =>
    seen.push(`${tensor.subgraph} ${tensor.name} ${values[0]}`),
  )
  expect(seen.filter((line) => line.includes('doubled'))).toEqual(['2 doubled 2', '2 doubled 4'])
  expect(seen.at(-1)).toBe('0 y 4')
})

it('takes branches whose shapes differ', async () => {
  const longer = tinyModel(
    [reals('in'), { name: 'times', shape: [1], type: 'INT32', data: Int32Array.of(2) }, reals('out', [4])],
    [{ kind: 'TILE', inputs: [0, 1], outputs: [2] }],
    [0],
    [2],
  )
  const model = joinModels({ ...branching, subgraphs: [branching.subgraphs![0]!] }, unary('NEG'), longer)
  const program = await compile(model)
  // Compiled in advance, although the shape of the output is known only when it runs.
  expect(program.called().map(({ subgraph }) => subgraph)).toEqual([1, 2])
  expect(program.run([bool(true), real(3, -2)])[0]).toMatchObject({ shape: [2] })
  const [output] = program.run([bool(false), real(3, -2)])
  expect(Array.from(output!.data as Float32Array)).toEqual([3, -2, 3, -2])
})

it('refuses subgraphs that run themselves, and that are not there', async () => {
  const [first, second] = counting.subgraphs!
  const endless = { ...counting, subgraphs: [first!, second!, first!] }
  await expect(compile(endless)).rejects.toThrow('expected subgraphs that run others')
  await expect(compile({ ...branching, subgraphs: branching.subgraphs!.slice(0, 2) })).rejects.toThrow(
    'no such subgraph',
  )
})

/** Adds its input to a variable that starts at 1 and 2, and gives the sum. */
const adding = joinModels(
  tinyModel(
    [reals('x'), { name: 'handle', shape: [], type: 'RESOURCE' }, reals('before'), reals('after')],
    [
      {
        kind: 'CALL_ONCE',
        inputs: [],
        outputs: [],
        options: { kind: 'CallOnceOptions', initSubgraphIndex: 1 },
      },
      {
        kind: 'VAR_HANDLE',
        inputs: [],
        outputs: [1],
        options: { kind: 'VarHandleOptions', sharedName: 'total' },
      },
      { kind: 'READ_VARIABLE', inputs: [1], outputs: [2], options: { kind: 'ReadVariableOptions' } },
      { kind: 'ADD', inputs: [0, 2], outputs: [3] },
      { kind: 'ASSIGN_VARIABLE', inputs: [1, 3], outputs: [], options: { kind: 'AssignVariableOptions' } },
    ],
    [0],
    [3],
  ),
  tinyModel(
    [
      { name: 'handle', shape: [], type: 'RESOURCE' },
      { name: 'start', shape: [2], data: Float32Array.of(1, 2) },
    ],
    [
      {
        kind: 'VAR_HANDLE',
        inputs: [],
        outputs: [0],
        options: { kind: 'VarHandleOptions', sharedName: 'total' },
      },
      { kind: 'ASSIGN_VARIABLE', inputs: [0, 1], outputs: [], options: { kind: 'AssignVariableOptions' } },
    ],
    [],
    [],
  ),
)

it('keeps resource variables from run to run until it is reset', async () => {
  const program = await compile(adding)
  const next = () => Array.from(program.run([real(1, 1)])[0]!.data as Float32Array)
  expect([next(), next()]).toEqual([
    [2, 3],
    [3, 4],
  ])
  program.reset()
  expect(next()).toEqual([2, 3])
  expect(next()).toEqual([3, 4])
  expect(await liteRt(adding, [real(1, 1)])).toEqual([[2, 3]])
})

it('names a variable that has no value yet', async () => {
  const { operators = [], ...graph } = adding.subgraphs![0]!
  const model = { ...adding, subgraphs: [{ ...graph, operators: operators.slice(1) }, adding.subgraphs![1]!] }
  const program = await compile(model)
  expect(() => program.run([real(1, 1)])).toThrow('got no value yet')
})
