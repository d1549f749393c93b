import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { encodeNpy } from '../npy/encode.ts'
import { readAll } from '../read-all.conformance.ts'
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
])('reads labels from %s', async (name, expected) => {
  const all = await readAll(await openDataFile(at('x.npy'), { labels: at(name) }))
  expect(all.map(({ label }) => label)).toEqual(expected)
})

it.each([
  [
    'x.parquet',
    'got .parquet, expected .npy, .arrow, .arrows or .feather. Convert the samples to one of these',
  ],
  ['folder', 'got no file extension'],
])('names what it cannot read: %s', async (name, message) => {
  await expect(openDataFile(at(name))).rejects.toThrow(message)
})

it('names labels that are not there', async () => {
  await expect(openDataFile(at('x.npy'), { labels: at('none.csv') })).rejects.toThrow(
    /none\.csv": got no such file/,
  )
  await expect(openDataFile(at('x.npy'), { labels: at('labels.csv#class') })).rejects.toThrow(
    /labels\.csv": got columns row, label, other, expected a column "class"/,
  )
})
