import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeFiles } from '../environment.ts'
import { runJson, runMain } from '../run-main.conformance.ts'
import { demoFiles } from '../shared/demo-files.ts'
import type { SweepResult } from './sweep-result.ts'

let folder = ''
const at = (name: string): string => join(folder, name)
let result: SweepResult

/** A sweep over little, with options that come later winning. */
const argv = (...options: readonly string[]): readonly string[] => [
  ...['sweep', demoFiles.model, '--data', demoFiles.calibration],
  ...['--test', demoFiles.test, '--test-rows', ':30', '--sample-counts', '8', ...options],
]
const all = ['--observers', 'minmax,moving-average,percentile:99.9', '--schemes', 'int8,dynamic']

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quantrx-sweep-'))
  const files = ['--out-folder', at('candidates'), '--report', at('sweep.html')]
  result = (await runJson(argv(...all, '--sample-counts', '20,8', ...files))) as unknown as SweepResult
})
afterAll(() => rm(folder, { recursive: true }))

describe('sweep', () => {
  it('compares everything, from one reading of the samples', () => {
    expect(result).toMatchObject({ calibrationReads: 1, samples: 20, testSamples: 30, refused: [] })
    const observers = ['minmax', 'moving-average:0.9', 'percentile:99.9']
    const expected = [8, 20].flatMap((samples) =>
      ['int8', 'dynamic'].flatMap((scheme) => observers.map((observer) => ({ observer, scheme, samples }))),
    )
    expect(result.candidates).toMatchObject(expected)
    expect(result.candidates.map(({ sameAs }) => sameAs ?? -1)).toEqual([
      -1, -1, -1, -1, 3, 3, -1, -1, -1, 3, 3, 3,
    ])
    for (const { top1, agreement, outputSqnrDb, bytes, medianMs } of result.candidates) {
      expect([top1, agreement, outputSqnrDb, bytes, medianMs].every((value) => (value ?? 0) > 0)).toBe(true)
    }
    expect(result.candidates[result.best]!.pareto).toBe(true)
  })

  it('writes what quantize writes, byte by byte', async () => {
    const out = at('alone.tflite')
    for (const { scheme, observer, samples, out: swept } of result.candidates.filter((_, n) => n % 2 === 0)) {
      const alone = [
        '--scheme',
        scheme,
        '--observer',
        observer,
        '--samples',
        String(samples),
        '--no-bias-correction',
      ]
      await runJson(['quantize', demoFiles.model, '--data', demoFiles.calibration, ...alone, '--out', out])
      expect((await readFile(swept!)).equals(await readFile(out))).toBe(true)
    }
    expect(await readdir(at('candidates'))).toHaveLength(12)
  })

  it('measures what evaluate measures', async () => {
    const { out = '', top1, agreement, outputSqnrDb } = result.candidates[2]!
    const against = ['--against', demoFiles.model, '--data', demoFiles.test, '--rows', ':30']
    expect(await runJson(['evaluate', out, ...against])).toMatchObject({ top1, agreement, outputSqnrDb })
  })

  it('writes a page about all of them and the most accurate', async () => {
    const page = await readFile(at('sweep.html'), 'utf8')
    expect(page).toContain('12 candidates, of 3 strategies, 2 schemes and 2 sample counts')
    expect(page).toContain(`about number ${result.best + 1},`)
    expect(page).toContain('<section id="layers"')
  })

  it('corrects biases as quantize does by default, with any number of threads', async () => {
    const options = ['--observers', 'mse', '--schemes', 'int8', '--bias-correction']
    const [alone, threaded] = [[], ['--threads', '2']].map(async (threads, n) => {
      const swept = await runJson(argv(...options, ...threads, '--out-folder', at(`corrected-${n}`)))
      return (swept as unknown as SweepResult).candidates[0]!
    })
    const { medianMs: _, out = '', ...candidate } = (await alone)!
    expect(candidate).toMatchObject({ algorithm: 'bias-correction' })
    expect(await threaded).toMatchObject(candidate)
    const corrected = ['--observer', 'mse', '--samples', '8', '--out', at('corrected.tflite')]
    await runJson(['quantize', demoFiles.model, '--data', demoFiles.calibration, ...corrected])
    expect((await readFile(out)).equals(await readFile(at('corrected.tflite')))).toBe(true)
  })

  it('draws a table for people', async () => {
    const { stdout } = await runMain(argv('--observers', 'minmax', '--schemes', 'int8,float16'))
    expect(stdout).toMatch(/1 +int8 +minmax +8 .* ms/)
    expect(stdout).toMatch(/calibration +8 samples, read once/)
  })
})

describe('what goes wrong', () => {
  it.each<[string, readonly string[], string, number]>([
    ['an unknown observer', ['--observers', 'minmax,mes'], 'got mes, expected one of entropy, minmax', 2],
    ['an unknown scheme', ['--schemes', 'int9'], 'got int9, expected one of dynamic, float16', 2],
    ['no names', ['--observers', ','], '"--observers": got no names', 2],
    ['counts that are none', ['--sample-counts', '10,x'], 'Expected whole numbers of 1 or more', 2],
    ['too few samples', ['--rows', ':5'], 'got 5 samples for counts of 8, expected at least 8', 1],
  ])('%s', async (_, options, message, code) => {
    const { exitCode, stderr } = await runMain(argv(...options))
    expect(stderr).toContain(message)
    expect(exitCode).toBe(code)
  })

  const small = ['--observers', 'minmax,mse', '--schemes', 'int8']

  it('leaves no file when the disk is full', async () => {
    const full = at('full')
    const writeFile: typeof nodeFiles.writeFile = async (path, content) => {
      if (path.includes('mse')) throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
      await nodeFiles.writeFile(path, content)
    }
    const { exitCode, stderr } = await runMain(argv(...small, '--out-folder', full), {
      files: { ...nodeFiles, writeFile },
    })
    expect([exitCode, stderr.includes('demo.int8.mse.8.tflite": got a full disk')]).toEqual([1, true])
    expect(await readdir(full)).toEqual([])
  })

  it('leaves no file when it is interrupted', async () => {
    const abort = new AbortController()
    const files: typeof nodeFiles = {
      ...nodeFiles,
      async rename() {
        abort.abort(new Error('interrupted'))
        throw new Error('interrupted')
      },
    }
    const options = argv(...small, '--out-folder', at('stopped'))
    const { exitCode } = await runMain(options, { files, signal: abort.signal })
    expect(exitCode).not.toBe(0)
    expect(await readdir(at('stopped'))).toEqual([])
  })

  it('names a folder that cannot be made', async () => {
    const { exitCode, stderr } = await runMain(argv(...small, '--out-folder', join(demoFiles.model, 'x')))
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringContaining('got a path through a file that is no folder, expected a folder to write to'),
    ])
  })
})
