import { seededRandom } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { balanceRounding } from './balanced-rounding.ts'
import { largestMagnitudes, quantizeSymmetric, symmetricScales } from './symmetric.ts'
import type { Slices, WeightBits } from './symmetric.ts'

const randomSlices = (shape: readonly number[], axis: number | undefined): Slices => {
  const random = seededRandom(5)
  const length = shape.reduce((product, size) => product * size, 1)
  return { values: Float32Array.from({ length }, () => random.normal()), shape, axis }
}

/** Errors of a channel in steps, by kernel. */
function errorsOf(slices: Slices, bits: WeightBits = 8) {
  const scales = symmetricScales(largestMagnitudes(slices), bits)
  const nearest = quantizeSymmetric(slices, scales, bits)
  const balanced = balanceRounding(slices, scales, nearest, bits)
  const { values, shape, axis = 0 } = slices
  const inner = shape.slice(axis + 1).reduce((a, b) => a * b, 1)
  const channels = slices.axis === undefined ? 1 : shape[axis]!
  const of = (levels: Int8Array) => {
    const [byChannel, byKernel] = [new Map<number, number>(), new Map<string, number>()]
    levels.forEach((level, at) => {
      const channel = channels === 1 ? 0 : Math.floor(at / inner) % channels
      const error = level - values[at]! / (scales[channel] ?? scales[0]!)
      const kernel = `${channel} ${axis === shape.length - 1 ? 0 : at % shape.at(-1)!}`
      byChannel.set(channel, (byChannel.get(channel) ?? 0) + error)
      byKernel.set(kernel, (byKernel.get(kernel) ?? 0) + error)
    })
    const largest = (sums: Iterable<number>) => Math.max(...Array.from(sums, Math.abs))
    return { channel: largest(byChannel.values()), kernel: largest(byKernel.values()) }
  }
  return { nearest, balanced, before: of(nearest), after: of(balanced) }
}

describe('balanced rounding', () => {
  it.each([
    ['a convolution', [4, 3, 3, 8], 0, 8],
    ['a convolution of single pixels', [4, 1, 1, 40], 0, 8],
    ['a depthwise convolution', [1, 5, 5, 6], 3, 8],
    ['rows', [4, 60], 0, 8],
    ['rows of 4 bits', [4, 60], 0, 4],
    ['a whole tensor', [4, 60], undefined, 8],
  ] as const)('lets errors of %s cancel', (_, shape, axis, bits) => {
    const { nearest, balanced, before, after } = errorsOf(randomSlices(shape, axis), bits)
    expect(before.channel).toBeGreaterThan(1)
    expect(after.channel).toBeLessThanOrEqual(0.5 + 1e-9)
    // Settling a channel moves single weights of its kernels.
    if (shape[1] === 3) {
      expect(before.kernel).toBeGreaterThan(2)
      expect(after.kernel).toBeLessThanOrEqual(1.5)
    }
    const moves = balanced.map((level, at) => Math.abs(level - nearest[at]!))
    expect(Math.max(...moves)).toBe(1)
    expect(moves.reduce((sum, move) => sum + move, 0)).toBeLessThan(balanced.length / 4)
    expect(balanced.every((level) => Math.abs(level) <= (bits === 8 ? 127 : 7))).toBe(true)
  })

  it('moves what is nearest to a half, and nothing where errors cancel already', () => {
    const rows = { values: Float32Array.of(0.1, 0.4, 0.3, 2.2, 0.25, -0.25, 1, 3), shape: [2, 4], axis: 0 }
    expect(Array.from(balanceRounding(rows, [1, 1], Int8Array.of(0, 0, 0, 2, 0, 0, 1, 3)))).toEqual([
      ...[0, 1, 0, 2],
      ...[0, 0, 1, 3],
    ])
  })

  it('leaves weights at the ends of their range', () => {
    const rows = { values: Float32Array.of(127.4, 127.4, 3.4), shape: [1, 3], axis: 0 }
    expect(Array.from(balanceRounding(rows, [1], Int8Array.of(127, 127, 3)))).toEqual([127, 127, 4])
  })
})
