import { encodeNpy } from '@quantrx/data'
import { builtinCodeFields, writeModel } from '@quantrx/tflite'
import type { BuiltinOperator, Model, Tensor } from '@quantrx/tflite'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runJson, runMain } from '../run-main.conformance.ts'

/** A graph of one operator on rows of `size` values, after which a custom one doubles them. */
function graph(opcodeIndex: number, size: number, kinds: readonly string[]) {
  const tensor = (name: string): Tensor => ({
    ...{
      name,
      shape: [1, size],
      type: 'FLOAT32',
      buffer: 0,
      isVariable: false,
      hasRank: false,
      externalBuffer: 0,
    },
  })
  const operator = (index: number, input: number) => ({
    ...{
      opcodeIndex: index,
      inputs: [input],
      outputs: [input + 1],
      customOptionsFormat: 'FLEXBUFFERS' as const,
    },
    ...{ largeCustomOptionsOffset: 0n, largeCustomOptionsSize: 0n, debugMetadataIndex: -1 },
  })
  const ends = { inputs: [0], outputs: [2], debugMetadataIndex: -1 }
  const operators = [operator(opcodeIndex, 0), operator(kinds.length, 1)]
  return { tensors: ['x', 'between', 'y'].map(tensor), operators, ...ends }
}

const kinds: readonly BuiltinOperator[] = ['LOGISTIC', 'TANH']
const model: Model = {
  ...{ version: 3, buffers: [{ offset: 0n, size: 0n }] },
  operatorCodes: [...kinds, 'CUSTOM' as const].map((kind) => ({
    ...{ ...builtinCodeFields(kind), version: 1 },
    ...(kind === 'CUSTOM' ? { customCode: 'My:Double' } : {}),
  })),
  subgraphs: kinds.map((_, at) => graph(at, 2 + at, kinds)),
  signatureDefs: ['first', 'second'].map((signatureKey, subgraphIndex) => ({
    ...{ signatureKey, subgraphIndex },
    inputs: [{ name: 'x', tensorIndex: 0 }],
    outputs: [{ name: 'y', tensorIndex: 2 }],
  })),
}
const operators = `export default { 'My:Double': { prepare({ inputs: [x], outputs: [y] }) {
  return () => x.data.forEach((value, at) => (y.data[at] = 2 * value))
} } }`

let folder = ''
const at = (name: string): string => join(folder, name)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quantrx-run-'))
  const rows = (size: number) =>
    encodeNpy({
      type: 'float32',
      shape: [2, size],
      data: Float32Array.from({ length: 2 * size }, (_, n) => n - 2),
    })
  await writeFile(at('model.tflite'), writeModel(model))
  await writeFile(at('operators.mjs'), operators)
  await writeFile(at('two.npy'), rows(2))
  await writeFile(at('three.npy'), rows(3))
})
afterAll(() => rm(folder, { recursive: true }))

const custom = () => ['--custom-operators', at('operators.mjs')]

it('calibrates every signature on its own samples, and measures each on its own', async () => {
  const signatures = ['--signature', `second=${at('three.npy')}`, '--signature', `first=${at('two.npy')}`]
  const out = at('out.tflite')
  const argv = ['quantize', at('model.tflite'), ...signatures, ...custom(), '--out', out]
  const { samples, floatOperators } = await runJson(argv)
  expect([samples, (floatOperators as readonly { kind: string }[]).map(({ kind }) => kind)]).toEqual([
    4,
    ['CUSTOM', 'CUSTOM'],
  ])
  for (const [signature, data] of [
    ['first', 'two.npy'],
    ['second', 'three.npy'],
  ] as const) {
    const options = ['--data', at(data), '--signature', signature, ...custom()]
    const threads = ['--threads', '2']
    const measured = await runJson(['evaluate', out, '--against', at('model.tflite'), ...options, ...threads])
    expect(measured['samples']).toBe(2)
    expect(measured['outputSqnrDb']).toBeGreaterThan(25)
    const { layers } = await runJson(['compare', at('model.tflite'), out, ...options])
    expect((layers as readonly { name: string }[]).map(({ name }) => name)).toEqual(['between', 'y'])
    await runJson(['bench', out, '--runs', '1', '--signature', signature, ...custom()])
    await runJson(['run', out, '--input', at(data), '--signature', signature, ...custom()])
  }
})

it('leaves a signature float that is not calibrated, and says why; algorithms, too', async () => {
  const argv = [
    'quantize',
    at('model.tflite'),
    '--data',
    at('three.npy'),
    '--signature',
    'second',
    ...custom(),
  ]
  const { exitCode, stdout, stderr } = await runMain([...argv, '--out', at('half.tflite')])
  expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/LOGISTIC +its subgraph was not calibrated/)])
  expect(stderr).toContain('no samples are for the main graph, which is all that bias-correction can improve')
})

it.each([
  ['export const x = 1', /"[^"]*operators.mjs, x": got number, expected operators by name/],
  ['export const x = { run() {} }', /got properties run, expected operators by name/],
  ['', /got a module that exports no operators/],
  ['throw new Error("broken")', /got a module that cannot be loaded: broken/],
])('refuses a module that has no operators: %s', async (text, message) => {
  const file = at(`${text.length}-operators.mjs`)
  await writeFile(file, text)
  const argv = ['run', at('model.tflite'), '--input', at('two.npy'), '--custom-operators', file]
  const { exitCode, stderr } = await runMain(argv)
  expect([exitCode, stderr]).toEqual([2, expect.stringMatching(message)])
})

it('asks for samples of each signature', async () => {
  const both = ['--signature', 'first', '--signature', 'second']
  const shared = await runMain(['quantize', at('model.tflite'), ...both, '--data', at('two.npy')])
  expect(shared.stderr).toContain('got first, second on the same --data, expected samples for each')
  const unknown = await runMain([
    'evaluate',
    at('model.tflite'),
    '--signature',
    'third',
    '--random-samples',
    '1',
  ])
  expect(unknown.stderr).toContain('expected one of first, second')
})
