import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Sample } from '@quantrx/core'
import { encodeNpy } from '@quantrx/data'
import { arrowFile } from '@quantrx/data/node'
import { parquetOfPictures, writePictures } from '@quantrx/testing'
import type { Picture } from '@quantrx/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runJson, runMain } from './run-main.conformance.ts'
import { demoFiles } from './shared/demo-files.ts'

const { model, calibration } = demoFiles
let root = ''
const at = (name: string): string => join(root, name)

const picture = ({ inputs: [input], label = 0 }: Sample): Picture => ({
  ...{ pixels: input!.data as Uint8Array, width: 24, height: 24, label },
})

async function firstPicture(): Promise<Picture> {
  for await (const sample of arrowFile(calibration)(new AbortController().signal)) return picture(sample)
  throw new Error('no samples')
}

/** The samples of the demo, in every form that people have. */
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'quantrx-'))
  const all: Sample[] = []
  for await (const sample of arrowFile(calibration)(new AbortController().signal)) all.push(sample)
  const pictures = all.map(picture)
  const paths = await writePictures(at('images'), pictures)
  await writeFile(at('images.parquet'), await parquetOfPictures(pictures))
  const lines = paths.map((path, index) => `images/${path},${pictures[index]!.label}`)
  await writeFile(at('list.csv'), ['file,label', ...lines, ''].join('\n'))
  const data = Uint8Array.from(all.flatMap(({ inputs }) => Array.from(inputs[0]!.data as Uint8Array)))
  await writeFile(at('pixels.npy'), encodeNpy({ type: 'uint8', shape: [all.length, 24, 24, 1], data }))
})
afterAll(() => rm(root, { recursive: true }))

async function quantizeAndEvaluate(data: string, out: string) {
  await runJson(['quantize', model, '--data', data, '--out', at(out)])
  const { samples, top1 } = await runJson(['evaluate', at(out), '--data', data])
  return { bytes: await readFile(at(out)), samples, top1 }
}

describe('a model quantized with the same samples', () => {
  it.each(['images', 'images.parquet', 'list.csv'])('from %s is the same, and as accurate', async (name) => {
    const expected = await quantizeAndEvaluate(calibration, 'arrow.tflite')
    const actual = await quantizeAndEvaluate(at(name), 'other.tflite')
    expect([actual.samples, actual.top1]).toEqual([expected.samples, expected.top1])
    // Ranges do not depend on the order of samples, which the names of files change.
    if (name !== 'images') expect(actual.bytes.equals(expected.bytes)).toBe(true)
  })

  it('from an address is the same', async () => {
    const bytes = await readFile(at('pixels.npy'))
    const server = createServer((_, response) => response.end(bytes))
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/pixels.npy`
      await runJson(['quantize', model, '--data', url, '--out', at('url.tflite')])
    } finally {
      server.close()
    }
    await runJson(['quantize', model, '--data', calibration, '--out', at('arrow.tflite')])
    expect((await readFile(at('url.tflite'))).equals(await readFile(at('arrow.tflite')))).toBe(true)
  })
})

it('takes no names of folders for classes where the model has others', async () => {
  await writePictures(at('animals'), [await firstPicture()], ['cat', 'dog', ...Array<string>(8).fill('cow')])
  const argv = ['evaluate', model, '--data', at('animals')]
  const { exitCode, stderr } = await runMain(argv)
  expect([exitCode, stderr]).toEqual([
    2,
    expect.stringContaining(
      '1 classes, the model tells 10 apart; they count as samples without labels unless --classes names all',
    ),
  ])
})

it('tells what became of the samples', async () => {
  const quantize = async (...options: readonly string[]) => {
    const argv = ['quantize', model, '--data', at('images'), '--samples', '2', '--out', at('told.tflite')]
    return (await runJson([...argv, ...options]))['preparation']
  }
  expect(await quantize('--fit', 'pad', '--normalize', '0,255', '--report', at('told.html'))).toEqual({
    images: { fit: 'pad', cropFraction: 1, colorOrder: 'rgb' },
    normalize: { mean: 0, std: 255, saidBy: 'option' },
  })
  expect(await readFile(at('told.html'), 'utf8')).toContain('&quot;saidBy&quot;: &quot;option&quot;')
})

it.each([
  [['--fit', 'squeeze'], "argument 'squeeze' is invalid. Allowed choices are stretch, crop, pad"],
  [['--crop-fraction', '2'], 'Expected a number above 0 to 1'],
  [['--normalize', '1:2:3,0'], 'Expected MEAN,STD with STD above 0'],
])('refuses %j', async (options, message) => {
  const { exitCode, stderr } = await runMain(['quantize', model, '--data', at('images'), ...options])
  expect([exitCode, stderr.includes(message) ? message : stderr]).toEqual([2, message])
})
