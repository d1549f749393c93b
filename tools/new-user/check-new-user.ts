import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { arrowFile } from '@quantrx/data/node'
import { parquetOfPictures, writePictures } from '@quantrx/testing'
import type { Picture } from '@quantrx/testing'
import { run } from '../package-checks/checks.ts'
import type { Checks } from '../package-checks/checks.ts'
import { install } from '../package-checks/consumer.ts'
import type { Tarballs } from '../package-checks/consumer.ts'
import { quantizeInBrowser } from './browser.ts'

/** The classes of the demo's model in the order of its outputs, which is not that of the alphabet. */
const digits = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']

/**
 * Takes the first steps of a new user in a project where `quantrx` is installed and the files of the demo lie: from pictures in
 * sub-folders, from a Parquet file and, in a browser, from fetched Arrow to an integer model and a report.
 */
export async function checkNewUser({ check }: Checks, folder: string, tarballs: Tarballs): Promise<void> {
  const pictures = await demoPictures(folder)
  await writePictures(join(folder, 'images'), pictures, digits)
  writeFileSync(join(folder, 'classes.txt'), digits.join('\n'))
  writeFileSync(join(folder, 'images.parquet'), await parquetOfPictures(pictures))
  const fromImages = ['--data', 'images', '--classes', 'classes.txt']

  await check('new user: is told to install sharp where there is none', () =>
    withoutSharp(folder, fromImages),
  )
  await check('new user: installs sharp', () => install(folder, ['sharp'], tarballs))
  await check('new user: from a folder of images to an integer model and a report', async () => {
    expectReport(await quantize(folder, 'images', fromImages), pictures.length)
    await expectClasses(folder, fromImages)
  })
  await quantize(folder, 'arrow', ['--data', 'calibration.arrow'])
  const expected = readFileSync(join(folder, 'arrow.tflite'))
  await check(
    'new user: from a Parquet file of images likewise, to the same bytes as from arrays',
    async () => {
      expectReport(await quantize(folder, 'parquet', ['--data', 'images.parquet']), pictures.length)
      if (!expected.equals(readFileSync(join(folder, 'parquet.tflite')))) throw new Error('other bytes')
    },
  )
  await check(
    'new user: from fetched Arrow in a browser likewise, to the same bytes as in Node',
    async () => {
      const { model, report } = await quantizeInBrowser(folder, 'demo.tflite', 'calibration.arrow')
      expectReport(report, pictures.length)
      if (!expected.equals(model)) throw new Error('other bytes than in Node')
    },
  )
}

async function demoPictures(folder: string): Promise<readonly Picture[]> {
  const pictures: Picture[] = []
  const open = arrowFile(join(folder, 'calibration.arrow'))
  for await (const { inputs, label = 0 } of open(new AbortController().signal)) {
    pictures.push({ pixels: inputs[0]!.data as Uint8Array, width: 24, height: 24, label })
  }
  return pictures
}

/** One command; gives back the report. */
async function quantize(folder: string, name: string, data: readonly string[]): Promise<string> {
  const outputs = ['--out', `${name}.tflite`, '--report', `${name}.html`]
  await run('npx', ['quantrx', 'quantize', 'demo.tflite', ...data, ...outputs], folder)
  const identifier = readFileSync(join(folder, `${name}.tflite`))
    .subarray(4, 8)
    .toString()
  if (identifier !== 'TFL3') throw new Error(`${name}.tflite starts with ${identifier}`)
  return readFileSync(join(folder, `${name}.html`), 'utf8')
}

async function withoutSharp(folder: string, data: readonly string[]): Promise<void> {
  const { code, stderr = '' } = await quantize(folder, 'none', data).then(
    () => ({ code: 0, stderr: '' }),
    (error: unknown) => error as { code?: number; stderr?: string },
  )
  if (code !== 1 || !stderr.includes('Run npm install sharp')) throw new Error(`exit code ${code}: ${stderr}`)
  if (existsSync(join(folder, 'none.tflite'))) throw new Error('a model was written')
}

/** A page with the accuracy on labelled samples, which needs no other file. */
function expectReport(page: string, samples: number): void {
  const wanted = ['<!doctype html>', 'top-1', `on ${samples} samples.`]
  const missing = wanted.filter((text) => !page.includes(text))
  if (missing.length > 0) throw new Error(`the report lacks ${missing.join(', ')}`)
  const [loaded] = /(?:src|href)="(?:https?:)?\/\/[^"]*"/.exec(page) ?? []
  if (loaded !== undefined) throw new Error(`the report loads ${loaded}`)
}

/** Names of folders are classes of the model: nearly all pictures are recognised. */
async function expectClasses(folder: string, data: readonly string[]): Promise<void> {
  const told = await run('npx', ['quantrx', 'evaluate', 'images.tflite', ...data, '--json'], folder)
  const { top1 } = JSON.parse(told) as { top1: number }
  if (!(top1 > 0.9)) throw new Error(`top-1 is ${top1}`)
}
