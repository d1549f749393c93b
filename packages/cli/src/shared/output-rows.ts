import { DataError, allocate, formatShape, sameShape } from '@quantrx/core'
import type { DataType, Shape, Tensor, TensorData } from '@quantrx/core'
import { float16ToNumber } from '@quantrx/kernels'

/** What one row gives for an output. */
export interface OutputRow {
  /** Without the batch dimension, where that is 1. */
  readonly shape: Shape
  readonly data: TensorData
}

/** One model output over all rows. */
export interface OutputRows {
  readonly name: string
  readonly type: DataType
  readonly rows: readonly OutputRow[]
}

/** A copy of what the latest row gave for an output. */
export function outputRow({ shape, data }: Pick<Tensor, 'shape' | 'data'>): OutputRow {
  return { shape: shape[0] === 1 ? shape.slice(1) : shape, data: data.slice() }
}

/** Number of rows, then the shape of one output; of the last one, where values decide the shape. */
export function shapeOfRows({ rows }: OutputRows): Shape {
  return [rows.length, ...(rows.at(-1)?.shape ?? [])]
}

/** The numbers of every row; a complex number is two of them, its real and its imaginary part. */
export function numbersOfRows({ type, rows }: OutputRows): readonly (readonly number[])[] {
  return rows.map(({ data }) => numbersOf(type, data))
}

function numbersOf(type: DataType, data: TensorData): readonly number[] {
  if (type === 'float16') return Array.from(data as Uint16Array, float16ToNumber)
  if (type !== 'complex64') return Array.from(data as ArrayLike<number | bigint>, Number)
  return Array.from(new Float32Array(data.buffer as ArrayBuffer, data.byteOffset, 2 * data.length))
}

/**
 * All rows as one tensor, every bit kept.
 *
 * @throws DataError where rows differ in shape.
 */
export function joinedRows({ name, type, rows }: OutputRows): Tensor {
  const [{ shape = [] } = {}] = rows
  const other = rows.findIndex((row) => !sameShape(row.shape, shape))
  if (other !== -1) throw otherShape(name, other, rows[other]!.shape, shape)
  const size = rows[0]?.data.length ?? 0
  const data = allocate(type, rows.length * size)
  rows.forEach((row, at) => (data as Float32Array).set(row.data as Float32Array, at * size))
  return { type, shape: [rows.length, ...shape], data } as Tensor
}

function otherShape(name: string, row: number, found: Shape, expected: Shape): DataError {
  return new DataError({
    stage: 'data',
    subject: `output ${name}, row ${row}`,
    found: `shape ${formatShape(found)}`,
    expected: `${formatShape(expected)}, as in row 0`,
    nextStep: 'Run such rows one by one, or print them with --json',
  })
}
