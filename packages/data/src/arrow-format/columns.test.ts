import {
  Field,
  FixedSizeList,
  Float32,
  Int64,
  Uint16,
  Utf8,
  makeBuilder,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableToIPC,
} from 'apache-arrow'
import type { DataType } from 'apache-arrow'
import { describe, expect, it } from 'vitest'
import { readAll } from '../read-all.conformance.ts'
import { arrow } from './read.ts'

interface Column {
  readonly type: DataType
  readonly values: readonly unknown[]
  readonly metadata?: object | string
}

/** An Arrow stream of one batch; columns with metadata are fixed-shape tensors. */
function table(columns: Readonly<Record<string, Column>>): Uint8Array {
  const length = Object.values(columns)[0]?.values.length ?? 0
  const fields = Object.entries(columns).map(([name, { type, metadata }]) => {
    const text = typeof metadata === 'string' ? metadata : JSON.stringify(metadata)
    const extension = new Map([
      ['ARROW:extension:name', 'arrow.fixed_shape_tensor'],
      ['ARROW:extension:metadata', text],
    ])
    return new Field(name, type, true, metadata === undefined ? null : extension)
  })
  const children = Object.values(columns).map(({ type, values }) => {
    const builder = makeBuilder({ type, nullValues: [null] })
    for (const value of values) builder.append(value)
    return builder.finish().flush()
  })
  const schema = new Schema(fields)
  const batch = new RecordBatch(schema, makeData({ type: new Struct(fields), length, children }))
  return tableToIPC(new Table(schema, [batch]), 'stream')
}

const four = new FixedSizeList(4, new Field('item', new Float32(), true))
const rows = [
  [1, 2, 3, 4],
  [5, 6, 7, 8],
]
const tensors = (metadata: object | string, values: readonly unknown[] = rows, type: DataType = four) => ({
  x: { type, values, metadata },
})

it('takes the shape from the metadata', async () => {
  const identity = { shape: [2, 2, 1], dim_names: ['H', 'W', 'C'], permutation: [0, 1, 2] }
  const all = await readAll(arrow(table(tensors(identity))))
  expect(all.map(({ inputs }) => [inputs[0]?.shape, inputs[0]?.data])).toEqual([
    [[2, 2, 1], Float32Array.of(1, 2, 3, 4)],
    [[2, 2, 1], Float32Array.of(5, 6, 7, 8)],
  ])
})

it('takes a column of plain lists by its name', async () => {
  const [sample] = await readAll(arrow(table({ x: { type: four, values: rows } }), { column: 'x' }))
  expect(sample?.inputs[0]?.shape).toEqual([4])
})

it('reads labels of any integer type', async () => {
  const labels = { y: { type: new Int64(), values: [3n, 7n] } }
  const all = await readAll(arrow(table({ ...tensors({ shape: [4] }), ...labels }), { label: 'y' }))
  expect(all.map(({ label }) => label)).toEqual([3, 7])
})

describe('bad columns are named', () => {
  it.each([
    [
      'permuted dimensions',
      tensors({ shape: [2, 2], permutation: [1, 0] }),
      '"Arrow data, column x": got dimensions in the order 1, 0, expected row-major tensors',
    ],
    [
      'a shape that does not fill the list',
      tensors({ shape: [3] }),
      '"Arrow data, column x": got shape [3] for lists of 4, expected a shape that fills the list',
    ],
    ['no metadata', tensors('{'), '"Arrow data, column x": got metadata "{", expected JSON with a shape'],
    [
      'a missing row',
      tensors({ shape: [4] }, [rows[0], null]),
      '"Arrow data, column x": got 1 empty rows, expected a value in every row',
    ],
    [
      'a missing value',
      tensors({ shape: [4] }, [rows[0], [5, null, 7, 8]]),
      '"Arrow data, row 1": got empty values, expected a full tensor',
    ],
    [
      'two tensor columns',
      { ...tensors({ shape: [4] }), z: { type: four, values: rows, metadata: { shape: [4] } } },
      'got tensor columns x, z, expected one column of type arrow.fixed_shape_tensor. Name the column',
    ],
    [
      'elements that models do not take',
      tensors({ shape: [1] }, [[1], [2]], new FixedSizeList(1, new Field('item', new Uint16(), true))),
      '"Arrow data, row 0": got elements of type Uint16, expected float32',
    ],
    [
      'a missing label',
      { ...tensors({ shape: [4] }), label: { type: new Int64(), values: [1n, null] } },
      '"Arrow data, column label": got 1 empty rows',
    ],
    [
      'labels in words',
      { ...tensors({ shape: [4] }), label: { type: new Utf8(), values: ['tench', 'shark'] } },
      '"Arrow data, row 0": got label tench, expected a class index',
    ],
    [
      'negative labels',
      { ...tensors({ shape: [4] }), label: { type: new Int64(), values: [1n, -1n] } },
      '"Arrow data, row 1": got label -1, expected a class index',
    ],
  ] as const)('%s', async (_, columns, message) => {
    await expect(readAll(arrow(table(columns)))).rejects.toThrow(message)
  })

  it('a column that is no list', async () => {
    const words = table({ x: { type: new Utf8(), values: ['a', 'b'] } })
    await expect(readAll(arrow(words, { column: 'x' }))).rejects.toThrow(
      'got Utf8, expected a fixed-size list of type arrow.fixed_shape_tensor',
    )
  })
})
