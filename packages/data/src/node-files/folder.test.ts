import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeNpy } from '../npy/encode.ts'
import { readAll } from '../read-all.conformance.ts'
import { folder } from './folder.ts'
import type { FileOptions } from './folder.ts'
import { listedFiles } from './listed-files.ts'

let root = ''
const target = { shape: [1, 2, 2, 3], type: 'float32' } as const
const array = encodeNpy({ type: 'float32', shape: [2], data: Float32Array.of(1, 2) })

/** Left half of one color, right half of another. */
async function picture(left: string, right: string, width = 8, height = 4) {
  const half = { create: { width: width / 2, height, channels: 3 as const, background: right } }
  const input = await sharp(half).png().toBuffer()
  return sharp({ create: { width, height, channels: 3, background: left } }).composite([
    { input, left: width / 2, top: 0 },
  ])
}

async function put(path: string, bytes: Uint8Array | string): Promise<void> {
  await mkdir(join(root, path, '..'), { recursive: true })
  await writeFile(join(root, path), bytes)
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'quantrx-'))
  const red = await picture('#ff0000', '#0000ff')
  await put('animals/dog/b.png', await red.png().toBuffer())
  await put('animals/dog/a.webp', await red.webp({ lossless: true }).toBuffer())
  await put(
    'animals/cat/deep/c.jpg',
    await (await picture('#00ff00', '#00ff00')).jpeg({ quality: 100 }).toBuffer(),
  )
  await put('animals/.hidden/d.png', 'no picture')
  await put('animals/README.txt', 'not a sample')
  await put('numbered/10/x.npy', array)
  await put('numbered/2/x.npy', array)
  await put('broken/x.png', 'no picture')
  await put('empty/notes.txt', '')
  await put('list.csv', 'path,class\nanimals/dog/b.png,dog\nanimals/cat/deep/c.jpg,cat\n')
  await put('paths.csv', 'path\nanimals/dog/b.png\nanimals/cat/deep/c.jpg\n')
  await put('wrong.csv', 'name\nx\n')
  await put('gap.csv', 'path\n""\n')
})
afterAll(() => rm(root, { recursive: true }))

const read = (path: string, options: FileOptions = {}) =>
  readAll(folder(join(root, path), { target, ...options }))

describe('a folder', () => {
  it('gives files in the order of their paths, with the classes that sub-folders name', async () => {
    const all = await read('animals')
    expect(all.map(({ index, name, label }) => [index, name, label])).toEqual([
      [0, 'cat/deep/c.jpg', 0],
      [1, 'dog/a.webp', 1],
      [2, 'dog/b.png', 1],
    ])
    expect(all.map(({ inputs }) => [inputs[0]?.type, inputs[0]?.shape])).toEqual(
      Array.from({ length: 3 }, () => ['uint8', [2, 2, 3]]),
    )
  })

  it('counts classes as it is told, and takes numbers for what they are', async () => {
    expect((await read('animals', { classNames: ['dog', 'cow', 'cat'] })).map(({ label }) => label)).toEqual([
      2, 0, 0,
    ])
    expect((await read('numbered')).map(({ label }) => label)).toEqual([10, 2])
    await expect(read('animals', { classNames: ['dog'] })).rejects.toThrow(
      'folder cat": got no class of that name',
    )
  })

  it('counts classes as the publisher of a model names them, where all folders are among these', async () => {
    const labels = async (publishedNames: readonly string[], others: FileOptions = {}) =>
      (await read('animals', { publishedNames, ...others })).map(({ label }) => label)
    expect(await labels(['none', 'dog', 'cow', 'cat'])).toEqual([3, 1, 1])
    expect(await labels(['none', 'dog', 'cow', 'cat'], { classCount: 4 })).toEqual([3, 1, 1])
    expect(await labels(['none', 'dog'])).toEqual([0, 1, 1])
    expect(await labels(['cat', 'dog', 'none', 'dog'])).toEqual([0, 1, 1])
    expect(await labels(['none', 'dog', 'cat'], { classNames: ['dog', 'cat'] })).toEqual([1, 0, 0])
  })

  it('gives no labels where a model tells other classes apart, and tells so', async () => {
    const told: number[] = []
    const options = { onOtherClasses: (names: number) => void told.push(names) }
    const labels = async (path: string, classCount: number) =>
      (await read(path, { ...options, classCount })).map(({ label }) => label)
    expect([await labels('animals', 2), told]).toEqual([[0, 1, 1], []])
    expect([await labels('animals', 3), told]).toEqual([[undefined, undefined, undefined], [2]])
    expect(await labels('numbered', 20)).toEqual([10, 2])
    const listed = await readAll(listedFiles(join(root, 'list.csv'), { target, ...options, classCount: 4 }))
    expect([listed.map(({ label }) => label), told]).toEqual([
      [undefined, undefined],
      [2, 2],
    ])
  })

  it.each([
    ['empty', 'got 1 files of other kinds, expected files that are samples (.jpg'],
    ['none', 'none": got no such file, expected a folder of samples'],
    ['broken', 'x.png": got no image ('],
  ])('that is %s is named', async (path, message) => {
    await expect(read(path)).rejects.toThrow(message)
  })

  it('of images is refused for inputs that take none', async () => {
    await expect(read('animals', { target: { shape: [1, 10], type: 'float32' } })).rejects.toThrow(
      'got an input of shape [1, 10], expected one of [1, HEIGHT, WIDTH, 3 or 1]',
    )
  })
})

describe('an image', () => {
  // Scaling blends neighbours, so what counts is whether a value is nearer to 0 or to 255.
  const firstPixels = async (options: FileOptions): Promise<number[]> =>
    Array.from((await read('animals', options))[2]!.inputs[0]!.data as Uint8Array, (pixel) =>
      pixel < 128 ? 0 : 255,
    )
  const [red, blue, black] = [
    [255, 0, 0],
    [0, 0, 255],
    [0, 0, 0],
  ] as const

  it('is cut around its center, or stretched, to the ratio of the input', async () => {
    expect(await firstPixels({ images: { fit: 'stretch' } })).toEqual([...red, ...blue, ...red, ...blue])
    expect(await firstPixels({})).toEqual([...red, ...blue, ...red, ...blue])
  })

  it('is padded with black', async () => {
    const size = { shape: [1, 4, 4, 3], type: 'float32' } as const
    const pixels = await firstPixels({ target: size, images: { fit: 'pad' } })
    expect(pixels.slice(0, 12)).toEqual([...black, ...black, ...black, ...black])
    expect([pixels.slice(12, 15), pixels.slice(21, 24)]).toEqual([red, blue])
  })

  it('can have its colors in another order or in planes, or be gray', async () => {
    expect((await firstPixels({ images: { colorOrder: 'bgr' } })).slice(0, 6)).toEqual([...blue, ...red])
    const planes = { shape: [1, 3, 2, 2], type: 'float32' } as const
    expect(await firstPixels({ target: planes })).toEqual([255, 0, 255, 0, 0, 0, 0, 0, 0, 255, 0, 255])
    const [, , gray] = await read('animals', { target: { shape: [1, 2, 2, 1], type: 'float32' } })
    const [left, right] = gray!.inputs[0]!.data as Uint8Array
    expect([gray!.inputs[0]!.shape, left! > right!]).toEqual([[2, 2, 1], true])
  })

  it('cannot be cut to nothing', async () => {
    await expect(firstPixels({ images: { cropFraction: 0 } })).rejects.toThrow('crop fraction": got 0')
  })
})

describe('a list of files', () => {
  it('gives its files in its order, with their classes', async () => {
    const all = await readAll(listedFiles(join(root, 'list.csv'), { target }))
    expect(all.map(({ name, label }) => [name, label])).toEqual([
      ['animals/dog/b.png', 1],
      ['animals/cat/deep/c.jpg', 0],
    ])
  })

  it('says nothing of classes without a column of them', async () => {
    const all = await readAll(listedFiles(join(root, 'paths.csv'), { target }))
    expect(all.map((sample) => 'label' in sample)).toEqual([false, false])
  })

  it.each([
    ['wrong.csv', 'got columns name, expected a column path, file, filename'],
    ['gap.csv', 'gap.csv, row 0": got no path, expected one in every row'],
  ])('names what %s lacks', async (name, message) => {
    await expect(readAll(listedFiles(join(root, name)))).rejects.toThrow(message)
  })
})
