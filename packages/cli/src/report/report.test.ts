import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { nodeFiles } from '../environment.ts'
import { runJson, runMain } from '../run-main.conformance.ts'
import { demoFiles } from '../shared/demo-files.ts'

const { model, calibration, test } = demoFiles
let root = ''
const at = (name: string): string => join(root, name)
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'quantrx-'))
})
afterAll(() => rm(root, { recursive: true }))

const argv = (...options: readonly string[]): readonly string[] => [
  ...[
    'quantize',
    model,
    '--data',
    calibration,
    '--out',
    at('q.tflite'),
    '--report',
    at('r.html'),
    ...options,
  ],
]

it('shows what quantizing cost, measured on the test samples, and everything behind it', async () => {
  await runJson(argv('--test', test))
  const page = await readFile(at('r.html'), 'utf8')
  const { samples, top1 } = await runJson(['evaluate', at('q.tflite'), '--data', test])
  expect(page).toContain(`on ${samples} samples.`)
  expect(page).toContain(`<b>${((top1 as number) * 100).toFixed(1)} %</b>`)
  for (const id of ['layers', 'ranges', 'disagreements', 'time', 'weights', 'recipe'])
    expect(page).toContain(`<section id="${id}"`)
  expect(page.length).toBeLessThan(2e6)
  expect(page).toContain('src="data:image/bmp;base64,')
})

it('leaves no file where it cannot be written', async () => {
  const full = async (path: string, bytes: Parameters<typeof nodeFiles.writeFile>[1]): Promise<void> => {
    if (path.includes('r2.html')) throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
    await nodeFiles.writeFile(path, bytes)
  }
  const options = [...argv().slice(0, -1), at('r2.html')]
  const { exitCode, stderr } = await runMain(options, { files: { ...nodeFiles, writeFile: full } })
  expect([exitCode, stderr.includes('r2.html": got a full disk')]).toEqual([1, true])
  expect((await readdir(root)).filter((name) => name.includes('r2'))).toEqual([])
})
