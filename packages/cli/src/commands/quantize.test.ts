import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BestChoice } from '@quantrx/algorithms'
import { builtinCodeFields, operatorKind, readModel, writeModel } from '@quantrx/tflite'
import type { Model, Operator } from '@quantrx/tflite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runJson, runMain } from '../run-main.conformance.ts'
import { demoFiles } from '../shared/demo-files.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quantrx-recipe-'))
})
afterAll(() => rm(folder, { recursive: true }))

const { model, calibration } = demoFiles
const rules = [
  { scheme: 'int8' },
  { position: 'first', scheme: 'int16x8' },
  { operators: ['SOFTMAX'], scheme: 'float' },
]
const writeRecipe = async (name: string, text: string): Promise<string> => {
  await writeFile(join(folder, name), text)
  return join(folder, name)
}

describe('quantize --dry-run', () => {
  it('tells what becomes of each operator, and writes nothing', async () => {
    const scheme = await writeRecipe('mixed.json', JSON.stringify({ name: 'mixed', rules }))
    const before = await readdir(folder)
    const argv = ['quantize', model, '--dry-run', '--scheme', scheme, '--out', join(folder, 'out.tflite')]
    const { operators, ...others } = await runJson(argv)
    expect(others).toEqual({ scheme: 'mixed', samples: 0 })
    const all = operators as readonly Record<string, unknown>[]
    expect(all[0]).toMatchObject({ kind: 'CONV_2D', activations: 'int16', weights: 'int8 per channel' })
    expect(all.at(-1)).toMatchObject({
      ...{ kind: 'SOFTMAX', activations: 'float32', float: true },
      reason: 'rules[2] of the recipe says so',
    })
    const { stdout } = await runMain(argv)
    expect(stdout).toContain('scheme mixed, no samples:')
    expect(stdout).toMatch(/CONV_2D +int16 +int8 per channel/)
    expect(await readdir(folder)).toEqual(before)
  })

  it('looks at samples where it is given some', async () => {
    const { samples } = await runJson([
      'quantize',
      model,
      '--dry-run',
      '--data',
      calibration,
      '--samples',
      '3',
    ])
    expect(samples).toBe(3)
  })
})

describe('quantize --algorithm best', () => {
  const argv = () => [
    ...['quantize', model, '--data', calibration, '--samples', '30', '--algorithm', 'best'],
    ...['--observer', 'entropy', '--out', join(folder, 'best.tflite')],
  ]

  it('tells what it tried and took, in JSON, as text and on the page', async () => {
    const report = join(folder, 'best.html')
    const { best, observer, algorithms } = await runJson([...argv(), '--report', report])
    const { decisions, ...taken } = best as BestChoice
    const kept = decisions.filter((each) => each.taken).map(({ addition }) => addition)
    expect(decisions.map(({ addition, samples }) => [addition, samples])).toEqual([
      ['mse', 15],
      ['gptq', 15],
      ['equalize', 15],
    ])
    expect([algorithms, observer]).toEqual([['best'], taken.observer])
    expect(taken).toEqual({
      observer: kept.includes('mse') ? 'mse' : 'minmax',
      algorithms: [...kept.filter((each) => each !== 'mse').sort(), 'bias-correction'],
    })
    const { stdout, stderr } = await runMain(argv())
    const page = await readFile(report, 'utf8')
    expect(stdout).toContain(['observer ' + taken.observer, ...taken.algorithms, '30 samples'].join(', '))
    expect(stderr).toContain('best chooses ranges itself: those of entropy are not used')
    for (const { why, addition, taken: was } of decisions) {
      expect(stdout).toMatch(new RegExp(`^${addition} +${was ? 'yes' : 'no'} +${why.slice(0, 20)}`, 'm'))
      expect(page).toContain(`<li>${why}</li>`)
      expect(stderr).not.toContain(why)
    }
  })

  it('says where samples are too few to try anything', async () => {
    const { best } = await runJson([...argv(), '--samples', '4'])
    expect(best).toMatchObject({ observer: 'minmax', algorithms: ['bias-correction'] })
    expect((best as BestChoice).decisions[0]!.why).toMatch(/not tried, since \d+ samples are the fewest/)
  })
})

it('quantizes by a recipe, whose types for inputs and outputs an option overrides', async () => {
  const scheme = await writeRecipe('wide.json', JSON.stringify({ io: 'int16', rules }))
  const out = join(folder, 'wide.tflite')
  const argv = ['quantize', model, '--data', calibration, '--samples', '3', '--scheme', scheme, '--out', out]
  const typeOfInput = async (): Promise<string | undefined> => {
    const [graph] = readModel(await readFile(out)).subgraphs ?? []
    return graph?.tensors?.[graph.inputs?.[0] ?? -1]?.type
  }
  expect(await runJson(argv)).toMatchObject({ scheme: 'recipe', samples: 3 })
  expect(await typeOfInput()).toBe('INT16')
  await runJson([...argv, '--io', 'float32'])
  expect(await typeOfInput()).toBe('FLOAT32')
})

it.each([
  ['mistake.json', '{"rules":[{"scheme":"int9"}]}', '"recipe, rules[0].scheme": got "int9"'],
  ['broken.json', '{"rules":', 'expected JSON'],
  ['missing.json', undefined, 'got no such file, expected a recipe in JSON'],
])('refuses the recipe %s', async (name, text, message) => {
  const path = text === undefined ? join(folder, name) : await writeRecipe(name, text)
  const { exitCode, stderr } = await runMain(['quantize', model, '--data', calibration, '--scheme', path])
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining(message)])
})

describe('quantize, of a model with an operator that does not run', () => {
  /** The demo with an operator of which nobody knows what it does in place of one that is counted from the end. */
  const withCustom = async (name: string, fromEnd: number): Promise<string> => {
    const float = readModel(await readFile(model))
    const [graph] = float.subgraphs!
    const opcodeIndex = float.operatorCodes!.length
    const operators = graph!.operators!.map(({ builtinOptions, ...operator }, at, { length }) =>
      at === length - fromEnd
        ? { ...operator, opcodeIndex }
        : { ...operator, ...(builtinOptions && { builtinOptions }) },
    )
    const code = { ...builtinCodeFields('CUSTOM'), customCode: 'Mine', version: 1 }
    const operatorCodes = [...float.operatorCodes!, code]
    const path = join(folder, name)
    await writeFile(path, writeModel({ ...float, operatorCodes, subgraphs: [{ ...graph!, operators }] }))
    return path
  }
  const argv = (path: string) => ['quantize', path, '--data', calibration, '--samples', '5']

  it('leaves it and what needs it float, and quantizes the rest', async () => {
    const path = await withCustom('tail.tflite', 2)
    const out = join(folder, 'tail.int8.tflite')
    const { stderr } = await runMain([...argv(path), '--out', out])
    expect(stderr).toContain('no implementation of Mine is registered: it and 1 more operators stay float')
    const { floatOperators } = await runJson([...argv(path), '--out', out])
    expect(floatOperators).toMatchObject([
      { kind: 'CUSTOM', reason: 'no implementation of Mine is registered' },
      { reason: expect.stringMatching(/^needs what operators\[\d+\] \(CUSTOM Mine\) computes/) as string },
    ])
    const integer = readModel(await readFile(out))
    const types = integer.subgraphs![0]!.tensors!.map(({ type }) => type)
    expect(types.filter((type) => type === 'INT8').length).toBeGreaterThan(5)
  })

  it('refuses it where nothing could be calibrated, and where an algorithm or a report needs all outputs', async () => {
    const first = await withCustom(
      'first.tflite',
      readModel(await readFile(model)).subgraphs![0]!.operators!.length,
    )
    expect((await runMain(argv(first))).stderr).toContain('got custom operator Mine, expected')
    const tail = await withCustom('tail.tflite', 2)
    for (const more of [
      ['--algorithm', 'best'],
      ['--report', join(folder, 'tail.html')],
    ])
      expect((await runMain([...argv(tail), ...more])).stderr).toContain('custom operator Mine')
  })
})

/** A float model with a FAKE_QUANT behind what its operators and its input give, as training with integers in view leaves it. */
function trainedForIntegers(float: Model): Model {
  const [graph] = float.subgraphs!
  const tensors = [...graph!.tensors!]
  const opcodeIndex = float.operatorCodes!.length
  const standIn = new Map<number, number>()
  const imitate = (input: number): Operator => {
    const { name, ...others } = tensors[input]!
    standIn.set(input, tensors.push({ ...others, name: `${name} as integers` }) - 1)
    return {
      ...{ opcodeIndex, inputs: [input], outputs: [standIn.get(input)!], customOptionsFormat: 'FLEXBUFFERS' },
      ...{ largeCustomOptionsOffset: 0n, largeCustomOptionsSize: 0n, debugMetadataIndex: -1 },
      builtinOptions: { kind: 'FakeQuantOptions', min: -8, max: 8, numBits: 8, narrowRange: false },
    }
  }
  const named = (indices: readonly number[] = []) => indices.map((index) => standIn.get(index) ?? index)
  const operators = [
    ...graph!.inputs!.map(imitate),
    ...graph!.operators!.flatMap((operator) => [
      { ...operator, inputs: named(operator.inputs) },
      ...operator.outputs!.map(imitate),
    ]),
  ]
  const operatorCodes = [...float.operatorCodes!, { ...builtinCodeFields('FAKE_QUANT'), version: 1 }]
  const outputs = named(graph!.outputs)
  return {
    ...{ ...float, operatorCodes, signatureDefs: [] },
    subgraphs: [{ ...graph!, tensors, operators, outputs }],
  }
}

describe('quantize without samples', () => {
  it('takes the ranges that training has left in the model, and asks for samples where there are none', async () => {
    const [path, out] = [join(folder, 'trained.tflite'), join(folder, 'trained.int8.tflite')]
    await writeFile(path, writeModel(trainedForIntegers(readModel(await readFile(model)))))
    const { observer, samples } = await runJson(['quantize', path, '--out', out])
    expect([observer, samples]).toEqual(['trained', 0])
    const integer = readModel(await readFile(out))
    const kinds = integer.subgraphs![0]!.operators!.map((operator) => operatorKind(integer, operator))
    expect(kinds).not.toContain('FAKE_QUANT')
    const scales = integer.subgraphs![0]!.tensors!.flatMap(({ type, buffer, quantization }) =>
      type === 'INT8' && buffer === 0 ? (quantization?.scale ?? []) : [],
    )
    expect(scales.filter((scale) => scale === Math.fround(16 / 255)).length).toBeGreaterThan(3)
    expect((await runMain(['quantize', model, '--out', out])).stderr).toContain('--data')
  })
})
