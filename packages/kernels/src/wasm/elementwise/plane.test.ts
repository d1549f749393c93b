import { describe, expect, it } from 'vitest'
import { fineBits, findPlane } from './plane.ts'
import type { Plane, StepFunction } from './plane.ts'

const range = { min: -128, max: 127 }

/** What generated code computes of two signed bytes. */
function outputOf({ slopes, offset, shift, zeroPoint }: Plane, a: number, b: number): number {
  const height = Math.floor((a * slopes[0] + b * slopes[1]) / 2 ** fineBits) + offset
  if (height !== (height | 0)) expect.fail(`${height} leaves 32 bits`)
  return Math.max(range.min, Math.min(range.max, zeroPoint + (height >> shift)))
}

/** Contributions of signed bytes, `factor` for each. */
const contributions = (factor: number): Float64Array =>
  Float64Array.from({ length: 256 }, (_, index) => (index - 128) * factor)

/** Steps where the sum reaches whole outputs, of all outputs between the limits. */
function stepsAt(sumOf: (output: number) => number): Pick<StepFunction, 'lowest' | 'steps'> {
  const outputs = Array.from({ length: 255 }, (_, index) => index - 127)
  return { lowest: -128, steps: outputs.map(sumOf) }
}

function expectEverywhere(plane: Plane, expected: (a: number, b: number) => number): void {
  for (let a = -128; a < 128; a++) {
    for (let b = -128; b < 128; b++) {
      const output = Math.max(-128, Math.min(127, expected(a, b)))
      if (outputOf(plane, a, b) !== output) expect.fail(`at ${a} and ${b}`)
    }
  }
}

describe('a plane', () => {
  it('is found for a sum that is rounded down', () => {
    const plane = findPlane(
      { a: contributions(3), b: contributions(-5), ...stepsAt((output) => output * 7), range },
      [3 / 7, -5 / 7],
      0,
    )!
    expectEverywhere(plane, (a, b) => Math.floor((3 * a - 5 * b) / 7))
  })

  it('needs no lower halves of slopes where few bits tell sums apart', () => {
    const plane = findPlane(
      { a: contributions(1), b: contributions(1), ...stepsAt((output) => output), range },
      [1, 1],
      0.5,
    )!
    expect(plane.slopes.map((slope) => slope % 2 ** 15)).toEqual([0, 0])
    expectEverywhere(plane, (a, b) => a + b)
  })

  it('is steeper than the sum where halves round away from zero', () => {
    const away = (sum: number): number => Math.sign(sum) * Math.floor((Math.abs(sum) + 1) / 2)
    const firstSum = (output: number): number => (output > 0 ? 2 * output - 1 : 2 * output)
    const plane = findPlane(
      { a: contributions(1), b: contributions(1), ...stepsAt(firstSum), range },
      [0.5, 0.5],
      0.5,
    )!
    expectEverywhere(plane, (a, b) => away(a + b))
  })

  it('may be anything where outputs are clamped', () => {
    const clamped = { min: -3, max: 2 }
    const plane = findPlane(
      {
        ...{ a: contributions(1), b: contributions(1), range: clamped },
        ...{ lowest: -3, steps: [-8, -4, 0, 4, 8] },
      },
      [0.25, 0.25],
      0,
    )!
    for (let a = -128; a < 128; a++) {
      for (let b = -128; b < 128; b++) {
        const [output, expected] = [outputOf(plane, a, b), Math.floor((a + b) / 4)].map((value) =>
          Math.max(clamped.min, Math.min(clamped.max, value)),
        )
        if (output !== expected) expect.fail(`at ${a} and ${b}`)
      }
    }
  })

  it('is not found where one step is out of line', () => {
    const bent = stepsAt((output) => output * 2 + (output === 5 ? 1 : 0))
    expect(
      findPlane({ a: contributions(1), b: contributions(1), ...bent, range }, [0.5, 0.5], 0),
    ).toBeUndefined()
  })

  it('is not looked for where 32 bits do not hold it', () => {
    const steep = { a: contributions(1e6), b: contributions(1), ...stepsAt((output) => output), range }
    expect(findPlane(steep, [1e6, 1], 0)).toBeUndefined()
  })
})
