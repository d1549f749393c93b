import { describe, expect, it } from 'vitest'
import { nearTieOffsets } from './near-ties.ts'
import type { SteppedSum } from './near-ties.ts'
import { fineBits, findPlane } from './plane.ts'
import type { Plane, Slopes } from './plane.ts'

/** What generated code computes of two signed bytes, clamped. */
function outputOf({ slopes, offset, shift, zeroPoint }: Plane, a: number, b: number): number {
  const height = Math.floor((a * slopes[0] + b * slopes[1]) / 2 ** fineBits) + offset
  if (height !== (height | 0)) expect.fail(`${height} leaves 32 bits`)
  return clamped(zeroPoint + (height >> shift))
}

const clamped = (output: number): number => Math.max(-128, Math.min(127, output))

/** Contributions of signed bytes, `factor` for each. */
const contributions = (factor: number): Int32Array =>
  Int32Array.from({ length: 256 }, (_, index) => (index - 128) * factor)

/** The sum of a bytes and b bytes over a divisor, its steps where a function says. */
function steppedSum(
  [a, b]: Slopes,
  divisor: number,
  zeroPoint: number,
  stepOf: (output: number) => number,
): SteppedSum {
  const steps = Float64Array.from({ length: 255 }, (_, at) => stepOf(at - 127))
  const common = { a: contributions(a), b: contributions(b), firstOutput: -127 }
  return { ...common, factor: 1 / divisor, zeroPoint, steps }
}

function planeOf(sum: SteppedSum, [a, b]: Slopes): Plane | undefined {
  return findPlane([a * sum.factor, b * sum.factor], sum.zeroPoint + 0.5, nearTieOffsets(sum))
}

function expectEverywhere(plane: Plane, expected: (a: number, b: number) => number): void {
  for (let a = -128; a < 128; a++) {
    for (let b = -128; b < 128; b++) {
      if (outputOf(plane, a, b) !== clamped(expected(a, b))) expect.fail(`at ${a} and ${b}`)
    }
  }
}

describe('a plane', () => {
  it.each([
    [3, -5, 7],
    [1, 1, 1],
    [100, 99, 1024],
    [12345, -777, 65536],
    [1, 0, 300],
  ])('is proved for the sum of %d and %d over %d, rounded down', (a, b, divisor) => {
    const sum = steppedSum([a, b], divisor, -0.5, (output) => output * divisor)
    expectEverywhere(planeOf(sum, [a, b])!, (x, y) => Math.floor((a * x + b * y) / divisor))
  })

  it('is proved where halves round away from zero, by being a little steeper', () => {
    const half = 2 ** 20
    const sum = steppedSum(
      [half, half],
      2 * half,
      0,
      (output) => output * 2 * half - half + (output > 0 ? 0 : 1),
    )
    const plane = planeOf(sum, [half, half])!
    expect(plane.slopes[0]).toBeGreaterThan(2 ** (plane.shift + fineBits - 1))
    expectEverywhere(plane, (a, b) => Math.sign(a + b) * Math.floor((Math.abs(a + b) + 1) / 2))
  })

  it('is not found where one step is out of line', () => {
    const sum = steppedSum([1, 1], 2, -0.5, (output) => output * 2 + (output === 5 ? 1 : 0))
    expect(planeOf(sum, [1, 1])).toBeUndefined()
  })

  it('is not proved when it is wrong at a single pair', () => {
    const right = steppedSum([1000, 1], 1001, -0.5, (output) => output * 1001)
    expect(planeOf(right, [1000, 1])).toBeDefined()
    // 1000 * 78 + 78, a multiple of 1001, becomes one less: the only sum that a step passes.
    const bent = { ...right, b: right.b.map((value) => (value === 78 ? 77 : value)) }
    expect(planeOf(bent, [1000, 1])).toBeUndefined()
  })
})
