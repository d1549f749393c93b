import type { Tensor } from '@quantrx/core'
import { describeWithFixtures, fixturePath } from '@quantrx/testing'
import { describe, expect, it } from 'vitest'
import { npyFile } from '../node-files/files.ts'
import { readAll } from '../read-all.conformance.ts'
import { encodeNpy } from './encode.ts'
import { npy, npyRows } from './npy.ts'

const example: Tensor = { type: 'float32', shape: [3, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6) }

it('gives a sample for each row', async () => {
  const all = await readAll(npy(encodeNpy(example)))
  expect(
    all.map(({ index, inputs }) => [index, inputs[0]?.shape, Array.from(inputs[0]!.data as Float32Array)]),
  ).toEqual([
    [0, [2], [1, 2]],
    [1, [2], [3, 4]],
    [2, [2], [5, 6]],
  ])
})

it.each([
  ['int8', Int8Array.of(-128, 127)],
  ['uint8', Uint8Array.of(0, 255)],
  ['int16', Int16Array.of(-32768, 32767)],
  ['int32', Int32Array.of(-(2 ** 31), 5)],
  ['complex64', BigUint64Array.of(0n, 2n ** 63n)],
] as const)('keeps %s', async (type, data) => {
  const [row] = await readAll(npy(encodeNpy({ type, shape: [1, 2], data } as Tensor)))
  expect(row?.inputs[0]).toEqual({ type, shape: [2], data })
})

it('gives views on the bytes, no copies', async () => {
  const bytes = encodeNpy(example)
  const all = await readAll(npy(bytes))
  expect(all.every(({ inputs }) => inputs[0]?.data.buffer === bytes.buffer)).toBe(true)
})

it.each([2, 3])('reads format version %d, whose header length has 4 bytes', async (version) => {
  const first = encodeNpy(example)
  const bytes = new Uint8Array(first.length + 2)
  bytes.set(first.subarray(0, 8))
  bytes[6] = version
  new DataView(bytes.buffer).setUint32(8, new DataView(first.buffer).getUint16(8, true), true)
  bytes.set(first.subarray(10), 12)
  expect(await readAll(npy(bytes))).toEqual(await readAll(npy(first)))
})

it('rounds float64 to float32', async () => {
  const [row] = await readAll(npy(encodeNpy({ type: 'float64', shape: [1, 1], data: Float64Array.of(0.1) })))
  expect(row?.inputs[0]).toEqual({ type: 'float32', shape: [1], data: Float32Array.of(0.1) })
})

it('reads a blob', async () => {
  expect(await readAll(npy(new Blob([encodeNpy(example) as Uint8Array<ArrayBuffer>])))).toHaveLength(3)
})

it('reads in pieces of about a megabyte, whatever the size, and closes the source', async () => {
  const bytes = encodeNpy({ type: 'uint8', shape: [9000, 1000], data: new Uint8Array(9_000_000) })
  const pieces: number[] = []
  let closed = 0
  const open = npyRows(() =>
    Promise.resolve({
      name: 'big',
      size: bytes.length,
      read(start: number, end: number) {
        pieces.push(end - start)
        return bytes.slice(start, end)
      },
      close: () => Promise.resolve(void closed++),
    }),
  )
  expect(await readAll(open)).toHaveLength(9000)
  expect(Math.max(...pieces)).toBeLessThanOrEqual(2 ** 20)
  for await (const sample of open(new AbortController().signal)) if (sample.index === 3) break
  expect(closed).toBe(2)
})

describe('bad files are named', () => {
  const read = (bytes: Uint8Array) => readAll(npy(bytes))
  const header = (text: string): Uint8Array => {
    const bytes = new TextEncoder().encode(`xNUMPY\x01\x00xx${text}`)
    bytes[0] = 0x93
    new DataView(bytes.buffer).setUint16(8, text.length, true)
    return bytes
  }

  it.each([
    [
      'no npy',
      new TextEncoder().encode('PK not an array'),
      'got 12 bytes that are no .npy header, expected a .npy file',
    ],
    ['empty', new Uint8Array(), 'got 0 bytes that are no .npy header'],
    [
      'cut in the header',
      encodeNpy(example).slice(0, 40),
      'got 40 bytes, expected a header of 128 bytes. The file is cut short',
    ],
    [
      'cut in the data',
      encodeNpy(example).slice(0, -1),
      'got 151 bytes, expected 152 for float32 [3, 2]. The file is cut short; get it again',
    ],
    [
      'a scalar',
      encodeNpy({ ...example, shape: [], data: Float32Array.of(1) }),
      'got a scalar, expected an array',
    ],
    [
      'big endian',
      header("{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }\n"),
      'got element type >f4',
    ],
    [
      'Fortran order',
      header("{'descr': '<f4', 'fortran_order': True, 'shape': (1, 2), }\n"),
      'got Fortran order, expected C order',
    ],
    [
      'no shape',
      header("{'descr': '<f4', 'fortran_order': False}\n"),
      'expected a type, an order and a shape',
    ],
  ])('%s', async (_, bytes, message) => {
    await expect(read(bytes)).rejects.toThrow(message)
  })

  it('an absurdly long header', async () => {
    const bytes = encodeNpy(example)
    bytes.set([2, 0, 0xff, 0xff, 0xff, 0x7f], 6)
    await expect(read(bytes)).rejects.toThrow('got a header of 2147483659 bytes, expected at most 1048576')
  })

  it('an unknown format version', async () => {
    const bytes = encodeNpy(example)
    bytes[6] = 4
    await expect(read(bytes)).rejects.toThrow('got .npy format version 4, expected version 1, 2 or 3')
  })

  it('a file that is not there', async () => {
    await expect(readAll(npyFile('/nowhere/x.npy'))).rejects.toThrow(
      '[data] "/nowhere/x.npy": got no such file, expected a data file. Check the path',
    )
  })
})

describeWithFixtures('real .npy files', () => {
  it('cifar10: 1,000 images', async () => {
    const all = await readAll(npyFile(fixturePath('data/cifar10/eval_train_1000_x.npy')))
    expect(all).toHaveLength(1000)
    expect(all[999]?.inputs[0]).toMatchObject({ type: 'uint8', shape: [32, 32, 3] })
  })
})
