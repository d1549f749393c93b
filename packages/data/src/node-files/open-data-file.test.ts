import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeWithFixtures, fixturePath } from '@quantrx/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeNpy } from '../npy/encode.ts'
import { readAll } from '../read-all.conformance.ts'
import { fileSource } from './file-source.ts'
import { readLabels } from './labels.ts'
import { openDataFile } from './open-data-file.ts'

let folder = ''
const at = (name: string): string => join(folder, name)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quantrx-'))
  await writeFile(
    at('x.npy'),
    encodeNpy({ type: 'uint8', shape: [4, 1], data: Uint8Array.of(10, 20, 30, 40) }),
  )
  await writeFile(
    at('labels.npy'),
    encodeNpy({ type: 'int64', shape: [4], data: BigInt64Array.of(1n, 2n, 3n, 4n) }),
  )
  await writeFile(at('samples'), '')
  await writeFile(at('x.txt'), '')
  await writeFile(at('set #1.csv'), 'label\n1\n2\n3\n4\n')
  await writeFile(
    at('pairs.npy'),
    encodeNpy({ type: 'int32', shape: [2, 2], data: Int32Array.of(1, 2, 3, 4) }),
  )
  await writeFile(at('halves.npy'), encodeNpy({ type: 'float32', shape: [2], data: Float32Array.of(1, 1.5) }))
  await writeFile(at('labels.csv'), 'row,label,other\n0,5,1\n1,6,1\n2,7,1\n3,8,1\n')
})
afterAll(() => rm(folder, { recursive: true }))

it('combines samples, labels, rows and normalization', async () => {
  const options = { labels: at('labels.csv'), rows: { start: 1, end: 3 }, normalize: { mean: 10, std: 10 } }
  const all = await readAll(await openDataFile(at('x.npy'), options))
  expect(all.map(({ index, label, inputs }) => [index, label, inputs[0]?.data[0]])).toEqual([
    [1, 6, 1],
    [2, 7, 2],
  ])
})

it.each([
  ['labels.npy', [1, 2, 3, 4]],
  ['labels.csv#other', [1, 1, 1, 1]],
  ['set #1.csv', [1, 2, 3, 4]],
])('reads labels from %s', async (name, expected) => {
  const all = await readAll(await openDataFile(at('x.npy'), { labels: at(name) }))
  expect(all.map(({ label }) => label)).toEqual(expected)
})

it.each([
  [
    'x.txt',
    'got .txt, expected .npy, .npz, .arrow, .arrows, .feather, .parquet, .csv or a folder. Convert the samples to one of these',
  ],
  ['samples', 'got no file extension'],
  ['nothing', 'nothing": got no such file or folder, expected .npy'],
])('names what it cannot read: %s', async (name, message) => {
  await expect(openDataFile(at(name))).rejects.toThrow(message)
})

it.each([
  ['none.parquet', 'none.parquet": got no such file'],
  ['none.npz', 'none.npz": got no such file'],
  ['none.csv', 'none.csv": got no such file, expected a .csv file of paths and labels'],
])('names %s, which is not there', async (name, message) => {
  await expect(openDataFile(at(name)).then(readAll)).rejects.toThrow(message)
})

it('names labels that are not there', async () => {
  await expect(openDataFile(at('x.npy'), { labels: at('none.csv') })).rejects.toThrow(
    /none\.csv": got no such file/,
  )
  await expect(openDataFile(at('x.npy'), { labels: at('labels.csv#class') })).rejects.toThrow(
    /labels\.csv": got columns row, label, other, expected a column "class"/,
  )
})

it('names labels that are no class indices', async () => {
  await expect(readLabels(at('pairs.npy'))).rejects.toThrow(
    'pairs.npy, row 0": got 2 values, expected one class index',
  )
  await expect(readLabels(at('halves.npy'))).rejects.toThrow(
    'halves.npy, row 1": got 1.5, expected one class index',
  )
  await expect(readLabels(at('labels.txt'))).rejects.toThrow('expected a .npy or .csv file of labels')
})

describe('a file that becomes shorter while it is read', () => {
  it('is an error, not zeros', async () => {
    await writeFile(at('shrinking.npy'), new Uint8Array(100))
    const source = await fileSource(at('shrinking.npy'))
    await writeFile(at('shrinking.npy'), new Uint8Array(60))
    await expect(source.read(50, 100)).rejects.toThrow('shrinking.npy": got 60 bytes, expected 100')
    await source.close?.()
  })
})

describeWithFixtures('real data files', () => {
  it('cifar10: 1,000 images with their labels', async () => {
    const data = fixturePath('data/cifar10/eval_train_1000_x.npy')
    const labels = fixturePath('data/cifar10/eval_train_1000_labels.csv')
    const all = await readAll(await openDataFile(data, { labels, rows: { start: 990 } }))
    expect(all.map(({ index }) => index)).toEqual([990, 991, 992, 993, 994, 995, 996, 997, 998, 999])
    expect(all.every(({ label }) => label !== undefined && label < 10)).toBe(true)
  })

  it('kws: floats of rows 200 to 1,000', async () => {
    const options = { labels: fixturePath('data/kws/labels.csv'), rows: { start: 200, end: 1000 } }
    const all = await readAll(await openDataFile(fixturePath('data/kws/inputs_float_1000.npy'), options))
    expect(all).toHaveLength(800)
    expect(all[0]?.inputs[0]).toMatchObject({ type: 'float32', shape: [49, 10, 1] })
  })

  it('imagenet: labels beside quoted names', async () => {
    const labels = await readLabels(fixturePath('data/imagenet/eval_300_labels.csv'))
    expect(labels).toHaveLength(300)
  })
})
