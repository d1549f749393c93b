import type { Tensor } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { encodeNpy } from '../npy/encode.ts'
import { readAll } from '../read-all.conformance.ts'
import { npz, npzRows } from './npz.ts'
import type { NpzArrays } from './npz.ts'
import { zip } from './zip.conformance.ts'

const x: Tensor = { type: 'float32', shape: [3, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6) }
const mask: Tensor = { type: 'uint8', shape: [3, 1], data: Uint8Array.of(7, 8, 9) }
const y: Tensor = { type: 'int64', shape: [3], data: BigInt64Array.of(4n, 5n, 6n) }

const archive = (arrays: Readonly<Record<string, Tensor>>, deflate = false, wide = false): Uint8Array =>
  zip(
    Object.entries(arrays).map(([name, tensor]) => ({
      name: `${name}.npy`,
      bytes: encodeNpy(tensor),
      deflate,
      wide,
    })),
    wide,
  )

describe.each([
  ['stored', false, false],
  ['deflated', true, false],
  ['stored with 64-bit sizes', false, true],
  ['deflated with 64-bit sizes', true, true],
])('%s arrays', (_, deflate, wide) => {
  it('give a sample for each row, with its label', async () => {
    const all = await readAll(npz(archive({ x, y }, deflate, wide)))
    expect(
      all.map(({ index, label, inputs }) => [index, label, Array.from(inputs[0]!.data as Float32Array)]),
    ).toEqual([
      [0, 4, [1, 2]],
      [1, 5, [3, 4]],
      [2, 6, [5, 6]],
    ])
  })

  it('give one tensor for each input', async () => {
    const all = await readAll(npz(archive({ x, mask, y }, deflate, wide), { inputs: ['mask', 'x'] }))
    expect(all[1]?.inputs.map(({ data }) => Array.from(data as Uint8Array))).toEqual([[8], [3, 4]])
  })
})

it('reads large deflated arrays in pieces, from a blob too', async () => {
  const data = Float32Array.from({ length: 1_500_000 }, (_, at) => (at * 7919) % 1000)
  const bytes = archive({ x: { type: 'float32', shape: [1500, 1000], data } }, true)
  const all = await readAll(npz(new Blob([bytes as Uint8Array<ArrayBuffer>])))
  expect(all.map(({ inputs }) => inputs[0]?.data[999])).toEqual(
    Array.from({ length: 1500 }, (_, row) => data[row * 1000 + 999]),
  )
})

it.each<[string, Uint8Array, NpzArrays, string]>([
  ['a missing array', archive({ x }), { inputs: ['z'] }, 'got arrays x, expected an array "z"'],
  ['a missing label', archive({ x }), { label: 'class' }, 'got arrays x, expected an array "class"'],
  ['labels alone', archive({ y }), {}, 'got no arrays, expected at least one'],
  [
    'unequal arrays',
    archive({ x, z: { ...mask, shape: [1, 3] } }),
    {},
    'an array of 1 rows beside longer ones',
  ],
  ['labels that are none', archive({ x, y: mask }), { inputs: ['x'], label: 'x' }, 'row 0": got 2 values'],
  ['another file', Uint8Array.of(1, 2, 3), {}, 'got 3 bytes without the end of a zip archive'],
])('names %s', async (_, bytes, arrays, message) => {
  await expect(readAll(npz(bytes, arrays))).rejects.toThrow(message)
})

it('is an error, never a crash or fewer samples, wherever a byte is changed in the directory', async () => {
  const bytes = archive({ x, y }, true)
  for (let at = bytes.length - 150; at < bytes.length; at++) {
    const changed = bytes.slice()
    changed[at]! ^= 0xff
    const read = readAll(npz(changed)).then(
      (all) => all.length,
      (error: unknown) => (error as { stage?: string }).stage,
    )
    expect([3, 'data']).toContain(await read)
  }
})

it('closes the archive when reading stops early', async () => {
  const bytes = archive({ x, y }, true)
  let closed = 0
  const open = npzRows(() => ({
    ...{ name: 'archive', size: bytes.length, read: (from: number, to: number) => bytes.subarray(from, to) },
    close: async () => void closed++,
  }))
  for await (const { index } of open(new AbortController().signal)) if (index === 0) break
  expect(closed).toBe(1)
})
