import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { encodeNpy } from '@quantrx/data'
import { readModel } from '@quantrx/tflite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeFiles } from './environment.ts'
import { runJson, runMain } from './run-main.conformance.ts'
import { demoFiles } from './shared/demo-files.ts'

let folder = ''
const at = (name: string): string => join(folder, name)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quantrx-'))
})
afterAll(() => rm(folder, { recursive: true }))

const { model, calibration, test } = demoFiles

describe('inspect', () => {
  it('tells what is inside', async () => {
    const description = await runJson(['inspect', model])
    expect(description).toMatchObject({
      inputs: [{ name: 'image', type: 'FLOAT32', shape: [1, 24, 24, 1] }],
      outputs: [{ name: 'digit', type: 'FLOAT32', shape: [1, 10] }],
      operators: { CONV_2D: 3, DEPTHWISE_CONV_2D: 1, ADD: 1, FULLY_CONNECTED: 1, SOFTMAX: 1 },
      bytes: (await readFile(model)).length,
      quantized: false,
    })
    expect(description['parameters']).toBe(80 + 80 + 144 + 2320 + 1450)
    expect(description['macs']).toBe(144 * 72 + 144 * 72 + 144 * 128 + 36 * 2304 + 1440)
  })

  it('prints a table for people', async () => {
    const { exitCode, stdout } = await runMain(['inspect', model])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/CONV_2D +3/)
  })
})

describe('quantize', () => {
  it('writes an integer model and says what it did', async () => {
    const result = await runJson(['quantize', model, '--data', calibration, '--out', at('q.tflite')])
    const written = await readFile(at('q.tflite'))
    expect(result).toMatchObject({
      out: at('q.tflite'),
      samples: 200,
      scheme: 'int8',
      observer: 'minmax',
      floatOperators: [],
    })
    expect(result['bytes']).toEqual({ before: (await readFile(model)).length, after: written.length })
    expect(result['seconds']).toBeGreaterThan(0)
    expect(readModel(written).subgraphs?.[0]?.tensors?.some(({ type }) => type === 'INT8')).toBe(true)
  })

  it('writes the same bytes every time, and beside the model by default', async () => {
    await writeFile(at('copy.tflite'), await readFile(model))
    const { out } = await runJson(['quantize', at('copy.tflite'), '--data', calibration])
    expect(out).toBe(at('copy.int8.tflite'))
    expect(await readFile(at('copy.int8.tflite'))).toEqual(await readFile(at('q.tflite')))
  })

  it.each([
    [['--no-bias-correction'], []],
    [
      ['--algorithm', 'gptq,equalize'],
      ['equalize', 'gptq', 'bias-correction'],
    ],
  ])('improves accuracy as %j says', async (options, algorithms) => {
    const given = ['--data', calibration, '--samples', '20', '--out', at('a.tflite')]
    expect(await runJson(['quantize', model, ...given, ...options])).toMatchObject({ algorithms })
    const bytes = await readFile(at('a.tflite'))
    expect(await runJson(['quantize', model, ...given])).toMatchObject({ algorithms: ['bias-correction'] })
    expect(await readFile(at('a.tflite'))).not.toEqual(bytes)
  })

  it.each([
    [['--samples', '7'], { samples: 7 }],
    [['--rows', '10:15'], { samples: 5 }],
    [['--observer', 'percentile:99.9'], { observer: 'percentile:99.9' }],
    [['--observer', 'moving-average'], { observer: 'moving-average:0.9' }],
    [['--scheme', 'int8-per-tensor'], { scheme: 'int8-per-tensor' }],
  ])('takes %j', async (options, expected) => {
    const out = ['--out', at('o.tflite')]
    expect(await runJson(['quantize', model, '--data', calibration, ...out, ...options])).toMatchObject(
      expected,
    )
  })

  it.each(['int8', 'uint8'])('makes %s inputs and outputs', async (io) => {
    await runJson(['quantize', model, '--data', calibration, '--out', at('io.tflite'), '--io', io])
    const { inputs, outputs } = await runJson(['inspect', at('io.tflite')])
    expect([inputs, outputs]).toMatchObject([[{ type: io.toUpperCase() }], [{ type: io.toUpperCase() }]])
  })

  it('needs no samples for the dynamic scheme', async () => {
    const result = await runJson(['quantize', model, '--scheme', 'dynamic', '--out', at('d.tflite')])
    expect(result).toMatchObject({ scheme: 'dynamic', samples: 0 })
    expect(await runJson(['evaluate', at('d.tflite'), '--data', test, '--rows', ':50'])).toHaveProperty(
      'top1',
    )
  })

  it('warns of random samples', async () => {
    const random = ['--random-samples', '3', '--out', at('r.tflite')]
    const { exitCode, stderr } = await runMain(['quantize', model, ...random])
    expect([exitCode, stderr]).toEqual([0, 'quantrx: samples are random: ranges and accuracy mean nothing\n'])
  })
})

describe('evaluate, compare and run', () => {
  it('measures accuracy and agreement', async () => {
    const result = await runJson([
      'evaluate',
      at('q.tflite'),
      '--data',
      test,
      '--rows',
      ':200',
      '--against',
      model,
    ])
    expect(result).toMatchObject({ samples: 200 })
    expect(result['floatTop1']).toBeGreaterThan(0.95)
    expect(result['top1']).toBeGreaterThan(0.9)
    expect(result['agreement']).toBeGreaterThan(0.9)
    expect(result['outputSqnrDb']).toBeGreaterThan(10)
    expect(result['clippedSqnrDb']).toBeGreaterThanOrEqual(result['logitsSqnrDb'] as number)
    expect(result['medianSqnrDb']).toBeGreaterThan(10)
    const drop = (result['floatTop1'] as number) - (result['top1'] as number)
    expect(result['top1Drop']).toMatchObject({ drop: expect.closeTo(drop, 12) })
  })

  it('measures anomaly detectors', async () => {
    const score = ['--anomaly-score', 'output', '--rows', ':200']
    const result = await runJson(['evaluate', at('q.tflite'), '--data', test, '--against', model, ...score])
    expect(result['rocAuc']).toBeCloseTo(result['floatRocAuc'] as number, 1)
    expect(result).not.toHaveProperty('top1')
  })

  it('compares layer by layer', async () => {
    const { layers } = await runJson(['compare', model, at('q.tflite'), '--data', test, '--rows', ':5'])
    const [first, ...others] = layers as Readonly<Record<string, unknown>>[]
    expect(first).toMatchObject({ index: 0, name: 'stem', kind: 'CONV_2D' })
    expect(others).toHaveLength(9)
    for (const { sqnrDb, maxAbs } of [first!, ...others]) {
      expect(sqnrDb).toBeGreaterThan(5)
      expect(maxAbs).toBeGreaterThanOrEqual(0)
    }
  })

  it.each(['tflite', 'xnnpack'])('runs a row at a time (%s)', async (arithmetic) => {
    const data = new Uint8Array(2 * 24 * 24).fill(7)
    await writeFile(at('x.npy'), encodeNpy({ type: 'uint8', shape: [2, 24, 24], data }))
    const args = [
      'run',
      at('q.tflite'),
      '--input',
      at('x.npy'),
      '--output',
      at('y.npy'),
      '--arithmetic',
      arithmetic,
    ]
    const { outputs } = await runJson(args)
    expect(outputs).toMatchObject([{ name: 'digit', type: 'float32', shape: [2, 10] }])
    expect((await readFile(at('y.npy'))).length).toBe(128 + 2 * 10 * 4)
  })
})

describe('demo', () => {
  it('does the whole job on what ships', async () => {
    const result = await runJson(['demo', '--out', at('demo.tflite')])
    expect(result).toMatchObject({
      out: at('demo.tflite'),
      calibrationSamples: 200,
      samples: 1000,
      floatOperators: [],
    })
    expect(result['floatTop1']).toBeGreaterThanOrEqual(0.97)
    expect(result['candidates']).toHaveLength(2)
    expect(readModel(await readFile(at('demo.tflite'))).version).toBe(3)
    const { observer } = result
    const data = ['--data', calibration, '--observer', String(observer), '--out', at('same.tflite')]
    await runJson(['quantize', model, ...data])
    expect(await readFile(at('same.tflite'))).toEqual(await readFile(at('demo.tflite')))
  })
})

describe('failures', () => {
  it.each([
    [['nonsense'], "unknown command 'nonsense'"],
    [['quantize'], "missing required argument 'model'"],
    [['quantize', model], 'got neither --data nor --random-samples, expected one of them'],
    [
      ['quantize', model, '--data', calibration, '--observer', 'magic'],
      'got magic, expected one of entropy, minmax, moving-average[:0.9], mse, percentile[:99.99]',
    ],
    [
      ['quantize', model, '--data', calibration, '--scheme', 'int3'],
      'got int3, expected one of dynamic, float16, int16x8',
    ],
    [['quantize', model, '--data', calibration, '--observer', 'percentile:200'], 'got 200 per cent'],
    [['quantize', model, '--data', calibration, '--rows', '9:3'], 'Expected A:B with A below B'],
    [['quantize', model, '--data', calibration, '--normalize', '1'], 'Expected MEAN,STD'],
    [['quantize', model, '--data', calibration, '--samples', '0'], 'Expected a whole number of 1 or more'],
  ])('%j is wrong usage', async (argv, message) => {
    const { exitCode, stdout, stderr } = await runMain(argv)
    expect(exitCode).toBe(2)
    expect(stderr).toContain(message)
    expect(stdout).toBe('')
  })

  it.each([
    [
      ['inspect', '/nowhere/m.tflite'],
      '[command] "/nowhere/m.tflite": got no such file, expected a .tflite file',
    ],
    [['inspect', calibration], '[model] "model": got file identifier'],
    [['quantize', model, '--data', '/nowhere/x.npy'], '[data] "/nowhere/x.npy": got no such file'],
    [['quantize', model, '--data', '/nowhere/x.parquet'], '[data] "/nowhere/x.parquet": got no such file'],
    [
      ['quantize', model, '--data', fileURLToPath(import.meta.url)],
      'got .ts, expected .npy, .npz, .arrow, .arrows, .feather',
    ],
    [
      ['quantize', model, '--data', calibration, '--column', 'pixels'],
      'got columns image, label, expected a column "pixels"',
    ],
    [['quantize', model, '--data', calibration, '--rows', '900:'], 'got 200 rows in the source'],
  ])('%j fails with a reason', async (argv, message) => {
    const { exitCode, stderr } = await runMain([...argv, '--json'])
    expect([exitCode, stderr.includes(message) ? message : stderr]).toEqual([1, message])
  })

  it('fails on a model that is quantized already', async () => {
    const argv = ['quantize', at('q.tflite'), '--scheme', 'dynamic', '--out', at('again.tflite')]
    const { exitCode, stderr } = await runMain(argv)
    expect([exitCode, stderr.includes('that it is not quantized already')]).toEqual([1, true])
  })

  it('names samples of another shape', async () => {
    await writeFile(at('odd.npy'), encodeNpy({ type: 'float32', shape: [2, 5], data: new Float32Array(10) }))
    const { exitCode, stderr } = await runMain(['quantize', model, '--data', at('odd.npy')])
    expect(exitCode).toBe(1)
    expect(stderr).toContain('got a sample of shape [5] with 5 values, expected shape [1, 24, 24, 1]')
  })

  it('names NaN samples and empty data', async () => {
    const nan = new Float32Array(576).fill(NaN)
    await writeFile(at('nan.npy'), encodeNpy({ type: 'float32', shape: [1, 24, 24], data: nan }))
    await writeFile(
      at('none.npy'),
      encodeNpy({ type: 'float32', shape: [0, 24, 24], data: new Float32Array() }),
    )
    expect((await runMain(['quantize', model, '--data', at('nan.npy')])).stderr).toContain(
      '"sample 0, input 0": got NaN at position 0',
    )
    expect((await runMain(['quantize', model, '--data', at('none.npy')])).stderr).toContain('got no samples')
  })

  it('asks for labels or a float model when it cannot measure anything', async () => {
    await writeFile(
      at('plain.npy'),
      encodeNpy({ type: 'uint8', shape: [1, 24, 24], data: new Uint8Array(576) }),
    )
    const { exitCode, stderr } = await runMain(['evaluate', model, '--data', at('plain.npy')])
    expect([exitCode, stderr.includes('Give --labels FILE or --against FLOAT')]).toEqual([2, true])
  })

  it.each([
    ['ENOSPC', 'got a full disk, expected a file to write'],
    ['EROFS', 'got a read-only file system'],
    ['EACCES', 'got no permission to write there'],
  ])('leaves nothing behind on %s', async (code, message) => {
    const removed: string[] = []
    const files = {
      ...nodeFiles,
      writeFile: () => Promise.reject(Object.assign(new Error(code), { code })),
      remove: (path: string) => Promise.resolve(void removed.push(path)),
    }
    const argv = ['quantize', model, '--scheme', 'dynamic', '--out', at('full.tflite')]
    const { exitCode, stderr } = await runMain(argv, { files })
    expect(exitCode).toBe(1)
    expect(stderr).toContain(`"${at('full.tflite')}": ${message}`)
    expect(removed).toHaveLength(1)
    expect(await readdir(folder)).not.toContain('full.tflite')
  })

  it('writes nothing when it is interrupted', async () => {
    const controller = new AbortController()
    const files = {
      ...nodeFiles,
      async writeFile(path: string, bytes: Uint8Array) {
        await nodeFiles.writeFile(path, bytes)
        controller.abort(new Error('interrupted by SIGINT'))
      },
    }
    const argv = ['quantize', model, '--scheme', 'dynamic', '--out', at('stopped.tflite')]
    const { exitCode, stderr } = await runMain(argv, { files, signal: controller.signal })
    expect([exitCode, stderr]).toEqual([1, 'quantrx: interrupted by SIGINT; no unfinished file is left\n'])
    expect((await readdir(folder)).filter((name) => name.includes('stopped'))).toEqual([])
  })
})

it('draws progress on a terminal only', async () => {
  const argv = ['evaluate', model, '--data', test, '--rows', ':3']
  expect((await runMain(argv)).stderr).toBe('')
  expect((await runMain(argv, { interactive: true })).stderr).toContain('evaluating: 1 of 3 samples')
})

it('helps', async () => {
  const { exitCode, stdout } = await runMain(['--help'])
  expect(exitCode).toBe(0)
  for (const command of ['inspect', 'quantize', 'evaluate', 'compare', 'run', 'demo'])
    expect(stdout).toContain(command)
})
