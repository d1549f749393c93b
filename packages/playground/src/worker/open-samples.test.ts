import type { Opener, Sample } from '@quantrx/core'
import { encodeNpy } from '@quantrx/data'
import { encodeArrow } from '@quantrx/data/arrow'
import { expect, it } from 'vitest'
import { openChosen } from './open-samples.ts'

const named = (path: string, content: Uint8Array | string) => ({
  path,
  file: new File([content as Uint8Array<ArrayBuffer>], path),
})
const rows = encodeNpy({ type: 'float32', shape: [3, 2], data: Float32Array.of(0, 1, 2, 3, 4, 5) })

async function read(open: Opener): Promise<readonly Sample[]> {
  const found: Sample[] = []
  for await (const sample of open(new AbortController().signal)) found.push(sample)
  return found
}

const opened = async (...files: ReturnType<typeof named>[]) =>
  read(await openChosen({ name: 'chosen', files }, undefined))

it('reads the rows of one file', async () => {
  const found = await opened(named('a.npy', rows))
  expect(found.map(({ inputs }) => [...inputs[0]!.data])).toEqual([
    [0, 1],
    [2, 3],
    [4, 5],
  ])
})

it('reads labels from a table beside the file', async () => {
  const found = await opened(named('labels.csv', 'label\n7\n8\n9\n'), named('a.npy', rows))
  expect(found.map(({ label }) => label)).toEqual([7, 8, 9])
})

it('takes several arrays as a sample each, and folders as classes', async () => {
  const found = await opened(named('cat/1.npy', rows), named('ant/2.npy', rows))
  expect(found.map(({ name, label }) => [name, label])).toEqual([
    ['ant/2.npy', 0],
    ['cat/1.npy', 1],
  ])
})

it('counts folders as the publisher of the model names its classes', async () => {
  const files = [named('cat/1.npy', rows), named('ant/2.npy', rows)]
  const labels = async (names: readonly string[]) =>
    (await read(await openChosen({ name: 'chosen', files }, undefined, names))).map(({ label }) => label)
  expect(await labels(['bee', 'cat', 'ant'])).toEqual([2, 1])
  expect(await labels(['bee', 'cat'])).toEqual([0, 1])
})

it('reads Arrow', async () => {
  const bytes = encodeArrow({ column: 'x', shape: [2], data: Uint8Array.of(3, 4) })
  expect((await opened(named('a.ARROW', bytes)))[0]?.inputs[0]?.data).toEqual(Uint8Array.of(3, 4))
})

it('says which files it cannot use', async () => {
  await expect(opened(named('a.arrow', 'x'), named('b.txt', 'y'))).rejects.toMatchObject({
    found: 'a.arrow and b.txt',
    expected: 'one file of samples, or files that are a sample each',
  })
  await expect(opened(named('notes.txt', 'y'))).rejects.toMatchObject({ found: '1 files of other kinds' })
})
