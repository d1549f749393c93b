import { mkdtemp, open, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeFiles } from '../environment.ts'
import { runJson, runMain } from '../run-main.conformance.ts'
import { demoFiles } from '../shared/demo-files.ts'
import type { FileSystem } from './file-system.ts'
import { writeParts } from './write-parts.ts'

let folder = ''
const at = (name: string): string => join(folder, name)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quantrx-disk-'))
})
afterAll(() => rm(folder, { recursive: true }))

const { model, calibration, test } = demoFiles
const few = ['--data', calibration, '--rows', ':2']

const sweep = (observers: string): readonly string[] => [
  ...['sweep', model, ...few, '--schemes', 'int8', '--observers', observers],
]

/** Every command that writes, and the files it writes, in order. */
const writers: readonly (readonly [
  command: string,
  argv: () => readonly string[],
  files: readonly string[],
])[] = [
  ['quantize', () => ['quantize', model, '--scheme', 'dynamic', '--out', at('q.tflite')], ['q.tflite']],
  [
    'quantize --report',
    () => ['quantize', model, ...few, '--out', at('r.tflite'), '--report', at('r.html')],
    ['r.tflite', 'r.html'],
  ],
  ['compile', () => ['compile', model, '--out', at('c.wasm')], ['c.wasm']],
  ['run', () => ['run', model, '--input', test, '--output', at('y.npy')], ['y.npy']],
  [
    'tune',
    () => [
      ...['tune', model, ...few, '--budget', 'sqnr>=1dB', '--evaluations', '1'],
      ...['--observers', 'minmax', '--out', at('t.tflite'), '--recipe', at('t.json')],
    ],
    ['t.tflite', 't.json'],
  ],
  ['demo', () => ['demo', '--out', at('d.tflite')], ['d.tflite']],
  ['sweep', () => [...sweep('minmax'), '--out-folder', folder], ['demo.int8.minmax.2.tflite']],
  [
    'sweep --report',
    () => [...sweep('minmax,mse'), '--out-folder', folder, '--report', at('s.html')],
    ['demo.int8.minmax.2.tflite', 'demo.int8.mse.2.tflite', 's.html'],
  ],
]

const failure = (code: string): Error => Object.assign(new Error(`${code}: made up`), { code })

type Step = 'open' | 'write' | 'close' | 'rename'

/** A real file system on which one step fails for one file; half of the bytes are written before a write fails. */
function failing(code: string, step: Step, name: string): FileSystem {
  const fail = (now: Step, path: string): void => {
    if (now === step && path.includes(name)) throw failure(code)
  }
  return {
    ...nodeFiles,
    async writeFile(path, content) {
      fail('open', path)
      const file = await open(path, 'w')
      const write = async (bytes: Uint8Array): Promise<number> => {
        const { bytesWritten } = await file.write(bytes.subarray(0, Math.ceil(bytes.length / 2)))
        fail('write', path)
        return bytesWritten
      }
      const close = async (): Promise<void> => {
        await file.close()
        fail('close', path)
      }
      await writeParts({ write, close }, ArrayBuffer.isView(content) ? [content] : content)
    },
    async rename(from, to) {
      fail('rename', to)
      await nodeFiles.rename(from, to)
    },
  }
}

const cases: readonly (readonly [code: string, step: Step, found: string])[] = [
  ['ENOSPC', 'write', 'a full disk'],
  ['EDQUOT', 'close', 'a used-up disk quota'],
  ['EROFS', 'open', 'a read-only file system'],
  ['EACCES', 'rename', 'no permission to write there'],
  ['EMFILE', 'open', 'too many open files'],
]

describe.each(writers)('%s', (_, argv, files) => {
  // Every code for the last file; the files before it fail by the same code of this package.
  it.each(files.length === 1 ? cases : cases.slice(0, 1))(
    'names the path on %s when it would %s',
    async (code, step, found) => {
      for (const name of files) await writeFile(at(name), 'old')
      const last = files.at(-1)!
      const { exitCode, stdout, stderr } = await runMain(argv(), { files: failing(code, step, last) })
      expect([exitCode, stdout]).toEqual([1, ''])
      expect(stderr).toContain(`[command] "${at(last)}": got ${found}, expected a file to write. `)
      expect(await readFile(at(last), 'utf8')).toBe('old')
      expect((await readdir(folder)).filter((each) => each.includes('.tmp'))).toEqual([])
    },
  )
})

it('leaves a later file alone where an earlier one fails', async () => {
  const [, argv, files] = writers[1]!
  for (const name of files) await writeFile(at(name), 'old')
  const { exitCode } = await runMain(argv(), { files: failing('ENOSPC', 'write', files[0]!) })
  expect(exitCode).toBe(1)
  for (const name of files) expect(await readFile(at(name), 'utf8')).toBe('old')
})

it.each(writers.at(-1)![2])('sweeps to no file at all where %s cannot be written', async (name) => {
  const [, argv, files] = writers.at(-1)!
  for (const each of files) await writeFile(at(each), 'old')
  const { exitCode, stderr } = await runMain(argv(), { files: failing('ENOSPC', 'write', name) })
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining(`"${at(name)}": got a full disk`)])
  for (const each of files) expect(await readFile(at(each), 'utf8')).toBe('old')
  expect((await readdir(folder)).filter((each) => each.includes('.tmp'))).toEqual([])
})

it.each([
  ['ENOSPC', 'a full disk'],
  ['EROFS', 'a read-only file system'],
])('names the folder for candidates on %s, and makes no file', async (code, found) => {
  const before = await readdir(folder)
  const files: FileSystem = { ...nodeFiles, makeFolder: () => Promise.reject(failure(code)) }
  const argv = [...sweep('minmax'), '--out-folder', at('candidates'), '--report', at('none.html')]
  const { exitCode, stderr } = await runMain(argv, { files })
  expect([exitCode, stderr]).toEqual([
    1,
    expect.stringContaining(`[command] "${at('candidates')}": got ${found}, expected a folder to write to`),
  ])
  expect(await readdir(folder)).toEqual(before)
})

it('writes the same bytes where writes are short', async () => {
  const argv = (out: string) => ['quantize', model, '--scheme', 'dynamic', '--out', at(out)]
  await runJson(argv('whole.tflite'))
  await runJson(argv('short.tflite'), { files: failing('', 'write', 'nothing fails') })
  expect(await readFile(at('short.tflite'))).toEqual(await readFile(at('whole.tflite')))
})

it('names a folder that is not there, and one in place of the file', async () => {
  const write = async (out: string): Promise<string> =>
    (await runMain(['compile', model, '--out', at(out)])).stderr
  expect(await write('none/c.wasm')).toContain('got a folder that does not exist')
  expect(await write('')).toMatch(/got (a folder of that name|no permission)/)
})
