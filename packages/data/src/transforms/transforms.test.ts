import { describe, expect, it } from 'vitest'
import { fromArrays } from '../from-arrays.ts'
import { readAll } from '../read-all.conformance.ts'
import { normalize } from './normalize.ts'
import { rows } from './rows.ts'
import { withLabels } from './with-labels.ts'

const five = fromArrays({ inputs: [0, 51, 102, 153, 255].map((pixel) => Uint8Array.of(pixel)), shape: [1] })

describe('normalize', () => {
  it('maps x to (x - mean) / std in float32', async () => {
    const all = await readAll(normalize(five, { mean: 127.5, std: 127.5 }))
    expect(all.map(({ inputs }) => inputs[0]?.data[0])).toEqual([-1, -0.6, -0.2, 0.2, 1].map(Math.fround))
    expect(all[0]?.inputs[0]?.type).toBe('float32')
  })

  const pixel = Uint8Array.of(10, 20, 30, 40, 50, 60)

  it.each([
    [
      [1, 2, 3],
      [5, 10, 20, 20, 25, 50],
    ],
    [
      [3, 1, 2],
      [5, 10, 15, 20, 40, 50],
    ],
  ])('maps each channel of shape %o by its own numbers', async (shape, expected) => {
    const images = fromArrays({ inputs: [pixel], shape })
    const [image] = await readAll(normalize(images, { mean: [0, 0, 10], std: [2, 2, 1] }))
    expect(Array.from(image!.inputs[0]!.data as Float32Array)).toEqual(expected)
  })

  it('names samples without these channels', async () => {
    const flat = fromArrays({ inputs: [pixel], shape: [6] })
    await expect(readAll(normalize(flat, { mean: [1, 2, 3], std: 1 }))).rejects.toThrow(
      'sample 0": got shape [6], expected 3 channels to normalize',
    )
    expect(() => normalize(flat, { mean: [1, 2], std: [1, 2, 3] })).toThrow('got mean 1:2, std 1:2:3')
  })

  it.each([0, -1, NaN, Infinity])('refuses a deviation of %d', (std) => {
    expect(() => normalize(five, { mean: 0, std })).toThrow(
      `got mean 0, std ${std}, expected finite numbers, std above 0`,
    )
  })
})

describe('rows', () => {
  it('keeps the index in the source', async () => {
    expect((await readAll(rows(five, { start: 1, end: 3 }))).map(({ index }) => index)).toEqual([1, 2])
    expect((await readAll(rows(five, { start: 3 }))).map(({ index }) => index)).toEqual([3, 4])
  })

  it('reads nothing behind the end', async () => {
    const pulled: number[] = []
    const open = rows(
      async function* (signal) {
        for await (const sample of five(signal)) {
          pulled.push(sample.index)
          yield sample
        }
      },
      { start: 0, end: 2 },
    )
    await readAll(open)
    expect(pulled).toEqual([0, 1])
  })

  it.each([
    [{ start: 2, end: 9 }, 'got 5 rows in the source, expected more, for rows 2:9'],
    [{ start: 5 }, 'got 5 rows in the source, expected more, for rows 5:. Choose rows that exist'],
  ])('names rows that do not exist: %o', async (range, message) => {
    await expect(readAll(rows(five, range))).rejects.toThrow(message)
  })

  it('refuses empty ranges', () => {
    expect(() => rows(five, { start: 3, end: 3 })).toThrow('got 3:3, expected A:B with 0 <= A < B')
  })
})

describe('withLabels', () => {
  it('gives labels to the rows they belong to', async () => {
    const all = await readAll(rows(withLabels(five, [5, 6, 7, 8, 9]), { start: 2, end: 4 }))
    expect(all.map(({ label }) => label)).toEqual([7, 8])
  })

  it('refuses more or fewer labels than samples', async () => {
    await expect(readAll(withLabels(five, [1, 2]))).rejects.toThrow('got 2 labels, expected one for sample 2')
    await expect(readAll(withLabels(five, [1, 2, 3, 4, 5, 6]))).rejects.toThrow(
      'got 6 labels, expected 5, one for each sample',
    )
  })
})
