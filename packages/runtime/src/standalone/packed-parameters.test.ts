import { seededRandom } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { packBits } from './pack-bits.ts'
import { packParameters, unpackFunction } from './packed-parameters.ts'
import { restore } from './restore.conformance.ts'

const address = 64
const packedAt = 32768

/** Rows of numbers of which those in a column have at most as many bits. */
function randomRows(widths: readonly number[], rows: number, seed: number): Int32Array {
  const random = seededRandom(seed)
  return Int32Array.from({ length: widths.length * rows }, (_, at) => {
    const bits = (random.integer(2 ** 16) * 2 ** 16 + random.integer(2 ** 16)) | 0
    return bits >> (32 - widths[at % widths.length]!)
  })
}

const everyWidth = Array.from({ length: 32 }, (_, at) => at + 1)

const [smallest, largest] = [-(2 ** 31), 2 ** 31 - 1]
const endsOfRange = Int32Array.from({ length: 80 }, (_, at) =>
  at % 4 === 0 ? [smallest, largest][(at >> 2) & 1]! : at % 4 === 1 ? smallest : at % 4 === 2 ? largest : 0,
)

const cases: readonly (readonly [string, Int32Array])[] = [
  ['numbers of every width', randomRows(everyWidth, 9, 1)],
  ['a few rows', Int32Array.from({ length: 24 }, (_, at) => at - 12)],
  ['numbers at the ends of their range', endsOfRange],
  ['zeros', new Int32Array(64)],
  ...[1, 2, 3, 4, 5, 6, 7].map(
    (vectors) =>
      [`${vectors} vectors a row`, randomRows(everyWidth.slice(0, vectors * 4), 33, vectors)] as const,
  ),
]

describe('parameters come back bit for bit', () => {
  it.each(cases)('%s', (_, values) => {
    const stored = packParameters(values, address, packedAt, 0)!
    expect(stored.segment.address).toBe(packedAt)
    expect(stored.segment.bytes.length).toBeLessThan(values.byteLength)
    const memory = restore(stored, unpackFunction())
    expect(new Int32Array(memory.buffer, address, values.length)).toEqual(values)
    const before = memory.subarray(0, address)
    const after = memory.subarray(address + values.byteLength, packedAt)
    expect([...before, ...after].every((byte) => byte === 0xff)).toBe(true)
  })
})

it('finds the rows', () => {
  const rows = randomRows([3, 3, 3, 3, 30, 30, 30, 30, 9, 9, 9, 9], 400, 4)
  expect(packBits(rows)?.columns).toBe(12)
  expect(packBits(rows)?.bytes).toHaveLength(12 * 5 + (4 * (3 + 30 + 9) * 400) / 8)
})

it('stores how numbers differ from each other, not how large they are', () => {
  const packed = packBits(Int32Array.from({ length: 400 }, (_, at) => (at % 4) * 1e8 + (at % 7)))
  expect(packed?.bytes).toHaveLength(4 * 5 + (400 * 3) / 8)
})

it('leaves alone what needs all its bits', () => {
  expect(packBits(randomRows([32, 32, 32, 32], 50, 5))).toBeUndefined()
  expect(packBits(new Int32Array(0))).toBeUndefined()
})
