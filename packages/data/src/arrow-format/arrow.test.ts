import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tableFromArrays, tableFromIPC, tableToIPC } from 'apache-arrow'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrowFile } from '../node-files/files.ts'
import { readAll } from '../read-all.conformance.ts'
import { encodeArrow } from './encode.ts'
import { arrow, arrowRows } from './read.ts'

const data = Uint8Array.from({ length: 600 }, (_, at) => at)
const labels = Int32Array.from({ length: 150 }, (_, at) => at % 10)
const file = encodeArrow({ column: 'image', shape: [2, 2], data, labels })
const stream = new Uint8Array(tableToIPC(tableFromIPC(file), 'stream'))

describe.each([
  ['file', file],
  ['stream', stream],
])('Arrow IPC %s', (_, bytes) => {
  it('gives a sample for each row of every batch, with its label', async () => {
    const all = await readAll(arrow(bytes))
    expect(all).toHaveLength(150)
    expect(all[99]).toEqual({
      index: 99,
      label: 9,
      inputs: [{ type: 'uint8', shape: [2, 2], data: data.slice(396, 400) }],
    })
  })

  it('is refused when it is cut short', async () => {
    for (let length = 0; length < bytes.length; length++) {
      await expect(readAll(arrow(bytes.slice(0, length)))).rejects.toThrow(
        /^\[data\] "Arrow data": got .*(cut short|no Arrow)/,
      )
    }
  })

  it('gives the same samples from a blob and from a stream of pieces', async () => {
    const all = await readAll(arrow(bytes))
    const pieces = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, at) =>
      bytes.slice(at * 7, at * 7 + 7),
    )
    const stream = { name: 'pieces', stream: new Blob(pieces).stream() }
    expect(await readAll(arrow(new Blob(pieces)))).toEqual(all)
    expect(await readAll(arrowRows(() => stream))).toEqual(all)
  })

  it('that arrives as a stream is refused when it is cut short', async () => {
    const cut = { name: 'pieces', stream: new Blob([bytes.slice(0, -4)]).stream() }
    await expect(readAll(arrowRows(() => cut))).rejects.toThrow(
      /"pieces": got \d+ bytes without the end of an Arrow (file|stream), expected .* at the end\. The data is cut short/,
    )
  })

  it('is closed at the end, on errors, and when reading stops early', async () => {
    const opened: string[] = []
    const tracked = (whole: Uint8Array) =>
      arrowRows(() => {
        opened.push('open')
        const read = (start: number, end: number): Uint8Array => whole.subarray(start, end)
        return {
          name: 'tracked',
          size: whole.length,
          read,
          close: () => Promise.resolve(void opened.push('closed')),
        }
      })
    await readAll(tracked(bytes))
    for await (const { index } of tracked(bytes)(new AbortController().signal)) if (index === 70) break
    await expect(readAll(tracked(bytes.slice(0, -1)))).rejects.toThrow('cut short')
    await expect(readAll(tracked(bytes), AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped')
    expect(opened).toEqual(Array.from({ length: 4 }, () => ['open', 'closed']).flat())
  })

  it('is held one batch at a time, whatever its size', async () => {
    const images = encodeArrow({ column: 'image', shape: [1000], data: new Uint8Array(500_000) })
    const large = bytes === file ? images : tableToIPC(tableFromIPC(images), 'stream')
    const pieces: number[] = []
    const read = (start: number, end: number): Uint8Array => {
      pieces.push(end - start)
      return large.slice(start, end)
    }
    let read64 = 0
    for await (const { index } of arrowRows(() => ({ name: 'large', size: large.length, read }))(
      new AbortController().signal,
    )) {
      if (index === 63) read64 = pieces.reduce((sum, piece) => sum + piece, 0)
    }
    const batchBytes = 64 * 1000
    expect(read64).toBeLessThan(1.2 * batchBytes)
    expect(Math.max(...pieces)).toBeLessThan(1.1 * batchBytes)
  })
})

it('writes the same bytes for the same samples', () => {
  expect(encodeArrow({ column: 'image', shape: [2, 2], data, labels })).toEqual(file)
})

it('gives samples without labels where there are none', async () => {
  const [sample] = await readAll(
    arrow(encodeArrow({ column: 'x', shape: [4], data: Float32Array.of(1, 2, 3, 4) })),
  )
  expect(sample).toEqual({
    index: 0,
    inputs: [{ type: 'float32', shape: [4], data: Float32Array.of(1, 2, 3, 4) }],
  })
})

it('names the columns there are when the labels are missing', async () => {
  await expect(readAll(arrow(file, { label: 'class' }))).rejects.toThrow(
    '[data] "Arrow data": got columns image, label, expected a label column "class". Name the column that holds the labels',
  )
})

it('names the columns there are when the samples are missing', async () => {
  await expect(readAll(arrow(file, { column: 'pixels' }))).rejects.toThrow(
    'got columns image, label, expected a column "pixels"',
  )
  const plain = tableToIPC(tableFromArrays({ a: Int32Array.of(1, 2) }), 'file')
  await expect(readAll(arrow(plain))).rejects.toThrow(
    'got columns a, expected one column of type arrow.fixed_shape_tensor',
  )
})

it('refuses bytes that are no Arrow', async () => {
  await expect(readAll(arrow(new TextEncoder().encode('row,label\n0,1\n')))).rejects.toThrow(
    /^\[data\] "Arrow data": got /,
  )
})

describe('on disk', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quantrx-'))
    await writeFile(join(folder, 'x.arrow'), file)
    await writeFile(join(folder, 'x.arrows'), stream)
    await writeFile(join(folder, 'cut.arrow'), file.slice(0, 900))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it.each(['x.arrow', 'x.arrows'])('%s is read batch by batch, again and again', async (name) => {
    const open = arrowFile(join(folder, name))
    expect(await readAll(open)).toHaveLength(150)
    for await (const { index } of open(new AbortController().signal)) if (index === 70) break
    expect((await readAll(open))[149]?.label).toBe(9)
  })

  it('is refused when it is cut short, by name', async () => {
    await expect(readAll(arrowFile(join(folder, 'cut.arrow')))).rejects.toThrow(
      /cut\.arrow": got 900 bytes without the end of an Arrow file, expected "ARROW1" at the end/,
    )
  })
})
