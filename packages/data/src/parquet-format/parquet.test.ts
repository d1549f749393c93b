import { describe, expect, it } from 'vitest'
import { parquetWriteBuffer } from 'hyparquet-writer'
import type { CompressionCodec, SchemaElement } from 'hyparquet'
import sharp from 'sharp'
import { sharpDecoder } from '../images/sharp-decoder.ts'
import { readAll } from '../read-all.conformance.ts'
import { compressors } from './compressors.conformance.ts'
import { parquet, parquetRows } from './read.ts'
import type { ParquetOptions } from './read.ts'

const optional = 'OPTIONAL' as const
const label: SchemaElement = { name: 'label', type: 'INT64', repetition_type: optional }
const list = (name: string, type: 'FLOAT' | 'INT64'): SchemaElement[] => [
  { name, num_children: 1, repetition_type: optional, converted_type: 'LIST' },
  { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
  { name: 'element', type, repetition_type: optional },
]
const image: SchemaElement[] = [
  { name: 'image', num_children: 2, repetition_type: optional },
  { name: 'bytes', type: 'BYTE_ARRAY', repetition_type: optional },
  { name: 'path', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: optional },
]

function write(
  columns: Readonly<Record<string, unknown[]>>,
  schema: SchemaElement[],
  rowGroupSize = 1000,
): Uint8Array {
  const columnData = Object.entries(columns).map(([name, data]) => ({ name, data }))
  const root: SchemaElement = { name: 'root', num_children: columnData.length }
  return new Uint8Array(parquetWriteBuffer({ columnData, schema: [root, ...schema], rowGroupSize }))
}

const png = async (red: number): Promise<Uint8Array> =>
  new Uint8Array(
    await sharp({ create: { width: 4, height: 2, channels: 3, background: { r: red, g: 20, b: 30 } } })
      .png()
      .toBuffer(),
  )
const target = { shape: [1, 2, 2, 3], type: 'float32' } as const
const readImages = async (bytes: Uint8Array, options: ParquetOptions = {}) =>
  readAll(parquet(bytes, { target, imageDecoder: sharpDecoder, ...options }))

describe('images', () => {
  it('reads a struct of bytes and path, with labels and names', async () => {
    const rows = [
      { bytes: await png(10), path: 'a.png' },
      { bytes: await png(99), path: 'b.png' },
    ]
    const all = await readImages(write({ image: rows, label: [3n, 4n] }, [...image, label]))
    expect(all.map(({ index, name, label: each }) => [index, name, each])).toEqual([
      [0, 'a.png', 3],
      [1, 'b.png', 4],
    ])
    const [red, green, blue] = all[1]!.inputs[0]!.data
    expect([all[1]!.inputs[0]!.shape, red, green, blue]).toEqual([[2, 2, 3], 99, 20, 30])
  })

  it('reads bare bytes, and labels that are names of classes', async () => {
    const schema: SchemaElement[] = [
      { name: 'picture', type: 'BYTE_ARRAY', repetition_type: optional },
      { name: 'label', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: optional },
    ]
    const bytes = write({ picture: [await png(1)], label: ['dog'] }, schema)
    expect((await readImages(bytes, { classNames: ['cat', 'dog'] }))[0]?.label).toBe(1)
    expect((await readImages(bytes, { publishedNames: ['cat', 'dog'] }))[0]?.label).toBe(1)
    const both = { classNames: ['dog', 'cat'], publishedNames: ['cat', 'dog'] }
    expect((await readImages(bytes, both))[0]?.label).toBe(0)
    await expect(readImages(bytes, { publishedNames: ['dog', 'dog'] })).rejects.toThrow('got label "dog"')
    await expect(readImages(bytes)).rejects.toThrow(
      'row 0": got label "dog", expected a class index. Give the names',
    )
  })

  it('names the row without an image, and the one with a broken one', async () => {
    const broken = [{ bytes: Uint8Array.of(1, 2, 3), path: 'x' }]
    await expect(readImages(write({ image: broken }, image))).rejects.toThrow('row 0": got no image (')
    const empty = [{ bytes: undefined, path: 'x' }]
    await expect(readImages(write({ image: empty }, image))).rejects.toThrow(
      'row 0": got no bytes, expected an image',
    )
  })
})

describe('labels', () => {
  it('that nobody knows leave samples without one', async () => {
    const columns = { x: [[1], [2]], label: [-1n, 3n] }
    const all = await readAll(parquet(write(columns, [...list('x', 'FLOAT'), label])))
    expect(all.map((sample) => ['label' in sample, sample.label])).toEqual([
      [false, undefined],
      [true, 3],
    ])
  })

  it('that are missing or below are named', async () => {
    for (const [value, shown] of [
      [null, 'null'],
      [-2n, '-2'],
    ] as const) {
      const bytes = write({ x: [[1]], label: [value] }, [...list('x', 'FLOAT'), label])
      await expect(readAll(parquet(bytes))).rejects.toThrow(
        `row 0": got label ${shown}, expected a class index`,
      )
    }
  })
})

describe('compressed files', () => {
  const rows = Array.from({ length: 20 }, (_, at) => [at, 2, 2, 2])
  const columnData = [
    { name: 'x', data: rows },
    { name: 'label', data: rows.map((_, at) => BigInt(at % 2)) },
  ]
  const schema = [{ name: 'root', num_children: 2 }, ...list('x', 'FLOAT'), label]

  it.each(Object.entries({ ...compressors, UNCOMPRESSED: undefined, SNAPPY: undefined }))(
    'by %s give the same rows, in row groups of any size',
    async (codec, compress) => {
      const own = compress === undefined ? {} : { compressors: { [codec]: compress } }
      const options = { codec: codec as CompressionCodec, ...own }
      const bytes = parquetWriteBuffer({ columnData, schema, rowGroupSize: 7, ...options })
      const all = await readAll(parquet(new Uint8Array(bytes)))
      expect(
        all.map(({ inputs, label: each }) => [Array.from(inputs[0]!.data as Float32Array), each]),
      ).toEqual(rows.map((row, at) => [row, at % 2]))
    },
  )
})

describe('lists of numbers', () => {
  it('are read a group at a time where the file has no index of its pages', async () => {
    const data = Array.from({ length: 600 }, (_, at) => [at])
    const schema = [{ name: 'root', num_children: 1 }, ...list('x', 'FLOAT')]
    const bytes = new Uint8Array(
      parquetWriteBuffer({
        columnData: [{ name: 'x', data, offsetIndex: false }],
        schema,
        rowGroupSize: 1000,
      }),
    )
    let read = 0
    const source = {
      name: 'x',
      size: bytes.length,
      read(start: number, end: number) {
        read += end - start
        return bytes.subarray(start, end)
      },
    }
    expect((await readAll(parquetRows(() => source))).at(-1)?.inputs[0]?.data[0]).toBe(599)
    expect(read).toBeLessThan(3 * bytes.length)
  })

  it('are named where a row has none', async () => {
    await expect(readAll(parquet(write({ x: [[1], null] }, list('x', 'FLOAT'))))).rejects.toThrow(
      'row 1": got nothing, expected a list of numbers',
    )
  })

  it('give tensors of their lengths, or of the input that they fill', async () => {
    const bytes = write(
      {
        x: [
          [1, 2, 3, 4],
          [5, 6, 7, 8.5],
        ],
      },
      list('x', 'FLOAT'),
    )
    const [, second] = await readAll(parquet(bytes))
    expect(second?.inputs).toEqual([{ type: 'float32', shape: [4], data: Float32Array.of(5, 6, 7, 8.5) }])
    const [shaped] = await readAll(parquet(bytes, { target: { shape: [1, 2, 2, 1], type: 'float32' } }))
    expect(shaped?.inputs[0]?.shape).toEqual([1, 2, 2, 1])
  })

  it('give int64 tensors for 64-bit integers, in row groups of any size', async () => {
    const rows = Array.from({ length: 150 }, (_, at) => [BigInt(at), 2n])
    const all = await readAll(parquet(write({ ids: rows }, list('ids', 'INT64'), 40)))
    expect(all.map(({ index, inputs }) => [index, inputs[0]?.data[0]])).toEqual(
      rows.map(([id], at) => [at, id]),
    )
    expect(all[0]?.inputs[0]?.type).toBe('int64')
  })

  it('are named when a number is missing', async () => {
    const bytes = write({ x: [[1, null]] }, list('x', 'FLOAT'))
    await expect(readAll(parquet(bytes))).rejects.toThrow(
      'row 0": got nothing at position 1, expected numbers',
    )
  })
})

describe('columns', () => {
  const two = write({ a: [[1]], b: [[2]], label: [1n] }, [
    ...list('a', 'FLOAT'),
    ...list('b', 'FLOAT'),
    label,
  ])

  it.each<[ParquetOptions, string]>([
    [{}, 'got several: a, b, expected one column of images or lists of numbers. Name the column'],
    [{ column: 'c' }, 'got columns a, b, label, expected a column "c" of images'],
    [{ column: 'label' }, 'expected a column "label" of images or lists of numbers'],
    [{ column: 'a', label: 'class' }, 'got columns a, b, label, expected a label column "class"'],
  ])('are named when they are not there: %o', async (options, message) => {
    await expect(readAll(parquet(two, options))).rejects.toThrow(message)
  })

  it('are chosen by name', async () => {
    const [row] = await readAll(parquet(two, { column: 'b' }))
    expect([row?.inputs[0]?.data[0], row?.label]).toEqual([2, 1])
  })
})

describe('damaged files', () => {
  it.each([0, 3, 11, 40])('cut to %d bytes are errors', async (length) => {
    const bytes = write({ x: [[1]] }, list('x', 'FLOAT'))
    await expect(readAll(parquet(bytes.slice(0, length)))).rejects.toThrow('expected a Parquet file')
  })

  it('close their source', async () => {
    let closed = 0
    const source = { name: 'x', size: 9, read: () => new Uint8Array(9), close: async () => void closed++ }
    await expect(readAll(parquetRows(() => source))).rejects.toThrow('"x": got damaged Parquet data')
    expect(closed).toBe(1)
  })
})
