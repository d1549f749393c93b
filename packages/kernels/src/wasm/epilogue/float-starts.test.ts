import { expect, it } from 'vitest'
import { bitsOf } from './epilogue.ts'
import { endOfShort, floatStarts, magic } from './float-starts.ts'

/** The sum of a channel, given how much it is more than its bias, as the code makes it. */
function sumOf(more: number, starts: Int32Array, excess: Float32Array | undefined): number {
  const [float] = new Float32Array(Int32Array.of(starts[0]! + more).buffer)
  return Math.fround(float! - (excess?.[0] ?? magic))
}

it.each([0, 1, -1, 5000, endOfShort - 20_001, 4_200_001, 7_635_974, -7_635_973, 16_000_000, -16_000_000])(
  'lets sums around %d start as floats, without a rounding',
  (center) => {
    const reach = 20_000
    const bounds = { bias: Int32Array.of(center), centers: Int32Array.of(center) }
    const largestSums = Float64Array.of(Math.abs(center) + reach)
    const { starts, excess } = floatStarts({ ...bounds, largestSums })!
    for (const more of [-reach, -reach + 1, -1, 0, 1, 77, reach - 1, reach])
      expect(sumOf(more, starts, excess)).toBe(center + more)
    expect(excess === undefined).toBe(Math.abs(center) + reach < endOfShort)
  },
)

it('moves sums as far as they reach', () => {
  const [center, reach] = [12_000_001, endOfShort - 1]
  const bounds = { bias: Int32Array.of(center), centers: Int32Array.of(center) }
  const { starts, excess } = floatStarts({ ...bounds, largestSums: Float64Array.of(center + reach) })!
  for (const more of [-reach, 0, reach]) expect(sumOf(more, starts, excess)).toBe(center + more)
  expect([...bitsOf(excess!)]).toHaveLength(1)
})

it('leaves alone what reaches too far, or has no bounds', () => {
  const bias = Int32Array.of(0)
  expect(floatStarts({ bias })).toBeUndefined()
  expect(floatStarts({ bias, largestSums: Float64Array.of(endOfShort) })).toBeUndefined()
  const far = { bias, centers: Int32Array.of(2 ** 24) }
  expect(floatStarts({ ...far, largestSums: Float64Array.of(2 ** 24) })).toBeUndefined()
})
