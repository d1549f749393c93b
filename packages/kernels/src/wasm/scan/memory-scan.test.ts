import { scanValues, seededRandom } from '@quantrx/core'
import type { Random, ValueScan } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { memoryScanner } from './memory-scan.ts'
import { largestBinCount, scratchBytes } from './scratch.ts'

const scratch = 64
const valuesAt = scratch + scratchBytes + 64

const webAssemblyMemory = new WebAssembly.Memory({ initial: 2 })
const { buffer } = webAssemblyMemory
const memory = new Uint8Array(buffer)
const scanner = memoryScanner(webAssemblyMemory, scratch)

/** A copy of the values in the module's memory, `offset` values past an address that is aligned, among NaN. */
function placed(values: Float32Array, offset = 0): Float32Array {
  memory.fill(0xff, 0, scratch).fill(0xff, scratch + scratchBytes)
  const view = new Float32Array(buffer, valuesAt + offset * 4, values.length)
  view.set(values)
  return view
}

/** Everything that a scan makes of values, as text: extremes with the sign of 0, and counts of bins of several widths. */
function seenBy(scan: ValueScan, exponents: readonly number[], bins: number): string {
  const { min, max } = scan.extremes()!
  const counts = exponents.map((exponent) => {
    const counted = Array.from({ length: bins }, (_, bin) => bin % 3)
    scan.countBins(exponent, counted)
    return counted.join(' ')
  })
  return [min, max, Object.is(min, -0), Object.is(max, -0), ...counts].join('\n')
}

/** Everything in memory that a scan must not write: what stands before its scratch memory, the values, and some bytes more. */
function untouched(values: Float32Array): string {
  const after = memory.subarray(scratch + scratchBytes, values.byteOffset + values.byteLength + 64)
  return `${memory.subarray(0, scratch).join()} ${after.join()}`
}

function expectSame(values: Float32Array, bins: number, offset = 0): void {
  const exponents = exponentsFor(values, bins)
  const copy = placed(values, offset)
  const before = untouched(copy)
  expect(seenBy(scanner(copy), exponents, bins)).toBe(seenBy(scanValues(values), exponents, bins))
  expect(untouched(copy)).toBe(before)
}

/** The finest exponent at which values fall into the bins, and wider ones. */
function exponentsFor(values: Float32Array, bins: number): readonly number[] {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  let exponent = -160
  while (largest >= (bins / 2) * 2 ** exponent) exponent++
  return [exponent, exponent + 1, exponent + 30]
}

const float32 = new Float32Array(1)
const bits = new Int32Array(float32.buffer)
const kinds: Record<string, (random: Random) => number> = {
  normal: (random) => random.normal(),
  rectified: (random) => Math.max(0, random.normal()),
  'positive far from 0': (random) => 3 + random.next(),
  zeros: (random) => (random.integer(2) === 0 ? 0 : -0),
  'any finite bits': (random) => {
    do bits[0] = Math.floor(random.next() * 2 ** 32)
    while (!Number.isFinite(float32[0]))
    return float32[0]!
  },
  'ends of float32': (random) =>
    [3.4028234663852886e38, -3.4028234663852886e38, 1e-45, -1e-45, 0, -0][random.integer(6)]!,
  'denormal and large': (random) =>
    [1, 1e-45, -1e-45, -1e-38, 1e-38, 5000, -5000, -0, 2 ** -126][random.integer(9)]!,
  'edges of bins': (random) =>
    (random.integer(2048) - 1024) * 2 ** -10 * (random.integer(2) === 0 ? 1 : 1 - 2 ** -24),
}

describe.each(Object.entries(kinds))('%s', (_, next) => {
  it.each([0, 1, 2, 3])('in any number, %i values past an aligned address', (offset) => {
    for (let length = 0; length <= 70; length++) {
      const random = seededRandom(length)
      const values = Float32Array.from({ length }, () => next(random))
      // So few bins that merging them is worthwhile even for few values.
      for (const bins of [2, 16]) expectSame(values, bins, offset)
    }
  })

  it('by the thousand', () => {
    const random = seededRandom(5)
    const values = Float32Array.from({ length: 5011 }, () => next(random))
    expectSame(values, largestBinCount)
  })
})

it('finds NaN and infinities wherever they stand', () => {
  for (let length = 1; length <= 40; length++) {
    for (let at = 0; at < length; at++) {
      for (const value of [NaN, Infinity, -Infinity]) {
        const values = placed(new Float32Array(length).fill(0.5))
        values[at] = value
        expect(scanner(values).extremes()).toBeUndefined()
        expect(() => scanner(values).countBins(0, [0, 0])).toThrow('got values from NaN to NaN')
      }
    }
  }
})

it('finds opposite infinities', () => {
  const values = placed(Float32Array.of(Infinity, -Infinity, 1, 2, 3, 4, 5, 6))
  expect(scanner(values).extremes()).toBeUndefined()
})

it('takes a sum that overflows for what it is', () => {
  const values = placed(new Float32Array(64).fill(3e38))
  expect(scanner(values).extremes()).toEqual({ min: Math.fround(3e38), max: Math.fround(3e38) })
})

it('leaves more bins than it has room for to plain loops', () => {
  const random = seededRandom(1)
  const values = Float32Array.from({ length: 5000 }, () => random.normal())
  expectSame(values, largestBinCount + 2)
})

it('refuses values without a bin before it counts', () => {
  const values = placed(new Float32Array(100).fill(1))
  const counts = [0, 0]
  expect(() => scanner(values).countBins(0, counts)).toThrow('got values from 1 to 1')
  expect(counts).toEqual([0, 0])
})

it('writes nothing else when values change behind its back', () => {
  const values = placed(new Float32Array(100).fill(1))
  const scan = scanner(values)
  scan.extremes()
  values.set([NaN, Infinity, -Infinity, 3e38, -3e38, 5000, -5000, 1e-45])
  const before = untouched(values)
  scan.countBins(0, new Array<number>(16).fill(0))
  expect(untouched(values)).toBe(before)
})

it('scans values outside of the memory', () => {
  expect(scanner(Float32Array.of(4, 5)).extremes()).toEqual({ min: 4, max: 5 })
})

it('scans memory that threads share', () => {
  const shared = new WebAssembly.Memory({ initial: 2, maximum: 2, shared: true })
  const values = new Float32Array(shared.buffer, valuesAt, 100).map((_, at) => at - 50)
  new Float32Array(shared.buffer, valuesAt, 100).set(values)
  const scan = memoryScanner(shared, scratch)(new Float32Array(shared.buffer, valuesAt, 100))
  expect(seenBy(scan, [3], 16)).toBe(seenBy(scanValues(values), [3], 16))
})
