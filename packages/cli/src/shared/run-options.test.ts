import { encodeNpy } from '@quantrx/data'
import { builtinCodeFields, writeModel } from '@quantrx/tflite'
import type { BuiltinOperator, Model, Tensor } from '@quantrx/tflite'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
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

it.each(['first', 'second'])('sweeps the signature %s as quantize makes it alone', async (signature) => {
  const data = at(signature === 'first' ? 'two.npy' : 'three.npy')
  const given = ['--data', data, '--signature', signature, ...custom()]
  const some = ['--observers', 'minmax', '--schemes', 'int8']
  const argv = ['sweep', at('model.tflite'), ...given, ...some, '--out-folder', at(`swept-${signature}`)]
  const { candidates, samples } = await runJson([...argv, '--report', at('sweep.html')])
  const [swept] = candidates as readonly Readonly<Record<string, unknown>>[]
  expect(samples).toBe(2)
  const out = at('alone.tflite')
  await runJson(['quantize', at('model.tflite'), ...given, '--no-bias-correction', '--out', out])
  expect((await readFile(swept!['out'] as string)).equals(await readFile(out))).toBe(true)
  const measured = await runJson(['evaluate', out, '--against', at('model.tflite'), ...given])
  expect(swept).toMatchObject({ agreement: measured['agreement'], outputSqnrDb: measured['outputSqnrDb'] })
  const threaded = await runJson([...argv, '--threads', '2'])
  const [{ medianMs: _, ...other }] = threaded['candidates'] as [Readonly<Record<string, unknown>>]
  expect(swept).toMatchObject(other)
  expect(
    (await runMain([...argv, '--bias-correction'])).stderr.includes('for the main graph, which is'),
  ).toBe(signature === 'second')
})

it.each(['first', 'second'])('tunes the signature %s, and leaves the other one float', async (signature) => {
  const other = signature === 'first' ? 'second' : 'first'
  const sources = { first: at('two.npy'), second: at('three.npy') } as const
  const given = (name: string) => ['--data', sources[name as 'first'], '--signature', name, ...custom()]
  const out = at(`tuned-${signature}.tflite`)
  const budget = ['--budget', 'sqnr>=20dB', '--evaluations', '1', '--observers', 'minmax']
  const tuned = await runJson(['tune', at('model.tflite'), ...given(signature), ...budget, '--out', out])
  const choices = tuned['choices'] as readonly { kind: string }[]
  expect([tuned['samples'], choices.map(({ kind }) => kind)]).toEqual([
    2,
    [signature === 'first' ? 'LOGISTIC' : 'TANH', 'CUSTOM'],
  ])
  const against = ['evaluate', out, '--against', at('model.tflite')]
  const { outputSqnrDb } = await runJson([...against, ...given(signature)])
  expect(outputSqnrDb).toBe(tuned['outputSqnrDb'])
  expect(outputSqnrDb).toBeLessThan(100)
  expect((await runJson([...against, ...given(other)]))['outputSqnrDb']).toBe(Number.MAX_VALUE)
})

it('inspects a model of custom operators', async () => {
  const inspected = ['inspect', at('model.tflite')]
  expect(await runJson(inspected)).toMatchObject({ arenaBytes: null, customOperators: { 'My:Double': 2 } })
  const { arenaBytes, cannotRun } = await runJson([...inspected, ...custom()])
  expect([arenaBytes, cannotRun]).toEqual([expect.any(Number), undefined])
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
})

it.each(['evaluate', 'sweep', 'tune', 'bench', 'compile'])(
  '%s knows no other signatures',
  async (command) => {
    const data = ['bench', 'compile'].includes(command) ? [] : ['--random-samples', '1']
    const needed = { tune: ['--budget', 'sqnr>=1dB'], compile: ['--out', at('out.wasm')] }[command] ?? []
    const argv = [command, at('model.tflite'), '--signature', 'third', ...data, ...needed]
    const { exitCode, stderr } = await runMain(argv)
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringContaining('got third, expected one of first, second'),
    ])
  },
)
