import { allocate, dataTypes } from '@quantrx/core'
import type { DataType, Shape, TensorData } from '@quantrx/core'
import { encodeNpy } from '@quantrx/data'
import { expect, it } from 'vitest'
import { joinedRows, numbersOfRows, outputRow, shapeOfRows } from './output-rows.ts'
import type { OutputRows } from './output-rows.ts'

const one = (type: DataType, shape: Shape, data: TensorData): OutputRows => ({
  ...{ name: 'y', type },
  rows: [outputRow({ shape, data })],
})

function bytesOf({ buffer, byteOffset, byteLength }: TensorData): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

it.each(dataTypes)('keeps every bit of %s, in a file that says so', (type) => {
  const live = allocate(type, 2)
  const row = (from: number) => {
    bytesOf(live).forEach((_, at, bytes) => (bytes[at] = from + 37 * at))
    return outputRow({ shape: [1, 2], data: live })
  }
  const rows = { name: 'y', type, rows: [row(1), row(101)] }
  expect(shapeOfRows(rows)).toEqual([2, 2])
  const joined = joinedRows(rows)
  expect([joined.type, joined.shape]).toEqual([type, [2, 2]])
  const size = live.byteLength
  const expected = Uint8Array.from({ length: 2 * size }, (_, at) =>
    at < size ? 1 + 37 * at : 101 + 37 * (at - size),
  )
  expect(bytesOf(joined.data)).toEqual(expected)
  const kind = /^(b|u|i|f|c)/.exec(type.replace('bool', 'b').replace('complex', 'c'))![0]
  const descriptor = new RegExp(`'descr': '.${kind}${size / 2}', .* 'shape': \\(2, 2\\)`)
  expect(new TextDecoder().decode(encodeNpy(joined))).toMatch(descriptor)
})

it('shows real numbers for half ones, and pairs for complex ones', () => {
  expect(numbersOfRows(one('float16', [1], Uint16Array.of(0xc100)))).toEqual([[-2.5]])
  const complex = new BigUint64Array(Float32Array.of(1.5, -2).buffer)
  expect(numbersOfRows(one('complex64', [1], complex))).toEqual([[1.5, -2]])
  expect(numbersOfRows(one('int64', [2], BigInt64Array.of(-3n, 4n)))).toEqual([[-3, 4]])
})

it('refuses to join rows of different shapes', () => {
  const rows = [
    [2, 3],
    [3, 2],
  ].map((shape) => outputRow({ shape, data: new Float32Array(6) }))
  expect(() => joinedRows({ name: 'y', type: 'float32', rows })).toThrow(
    '"output y, row 1": got shape [3, 2], expected [2, 3], as in row 0',
  )
})
