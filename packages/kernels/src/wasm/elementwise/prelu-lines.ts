import { integerLimits } from '@quantrx/core'
import { quantizeMultiplier } from '../../arithmetic/fixed-point.ts'
import { preluFactors, preluStored } from '../../ops/prelu/prelu.ts'
import { byteLineShift, findByteLine, nearestByteLine } from './byte-line.ts'
import type { ByteLine } from './byte-line.ts'
import { holdsZeroPoint } from './bytes.ts'
import type { ByteArray } from './bytes.ts'
import type { PreluOfBytes } from './prelu-of-bytes.ts'

/** PRELU as lines: one on the side from the input's zero point on, and one for each slope on the other. */
export interface PreluLines {
  readonly shift: number
  /** Of the input: the first value above. */
  readonly zeroPoint: number
  readonly above: ByteLine
  /** For each slope, in order; equal ones are the same object. */
  readonly below: readonly ByteLine[]
  /** True where the upper one of the two lines is the right one everywhere, as it is for slopes below 1. */
  readonly upper: boolean
}

/** PRELU but for how its operands are walked. */
type Quantized = Omit<PreluOfBytes, 'rows'>

/**
 * Lines that equal PRELU at every value of the input, proved by looking at all of them.
 *
 * @param slopes as they are stored.
 * @returns undefined when there are none.
 */
export function preluLines(parameters: Quantized, slopes: ByteArray): PreluLines | undefined {
  const { type, input, output } = parameters
  if (![input, parameters.slopes, output].every(({ zeroPoint }) => holdsZeroPoint(type, zeroPoint)))
    return undefined
  const limits = integerLimits[type]
  const factors = preluFactors(parameters)
  const distinct = [...new Set<number>(slopes)]
  const steepest = Math.max(...distinct.map((slope) => Math.abs(slope - parameters.slopes.zeroPoint)))
  const shift = byteLineShift(Math.max(factors.above, factors.below * steepest))
  if (shift === undefined) return undefined
  const evaluate = preluStored(parameters)
  const outputs = outputsOf((stored) => evaluate(stored, 0), input.zeroPoint, limits.max + 1)
  const above = findByteLine({ first: input.zeroPoint, outputs, range: limits }, factors.above, shift)
  if (above === undefined) return undefined
  const lineBelow = belowFinder(parameters, shift)
  const sides = { ...limits, middle: input.zeroPoint, reached: (output.zeroPoint + 1) * 2 ** shift }
  const lines = new Map<number, ByteLine>()
  let upper = true
  for (const slope of distinct) {
    const line = lineBelow(slope)
    if (line === undefined) return undefined
    upper &&= isUpper(above, line, sides)
    lines.set(slope, line)
  }
  const below = Array.from(slopes, (slope) => lines.get(slope)!)
  return { shift, zeroPoint: input.zeroPoint, above, below, upper }
}

const outputsOf = (evaluate: (stored: number) => number, first: number, end: number): readonly number[] =>
  Array.from({ length: end - first }, (_, at) => evaluate(first + at))

/**
 * Finds the line of a slope. As for sums of convolutions, rounding twice is rounding down once: halves move by half of the last
 * bit that the first rounding leaves, away from 0.
 */
function belowFinder(parameters: Quantized, shift: number): (slope: number) => ByteLine | undefined {
  const { type, input, slopes, output } = parameters
  const range = integerLimits[type]
  const evaluate = preluStored(parameters)
  const factor = quantizeMultiplier(preluFactors(parameters).below)
  const moved = factor.shift < 0 ? 2 ** (factor.shift - 1) : 0
  const [first, end] = [range.min, input.zeroPoint]
  return (slope) => {
    const steps = slope - slopes.zeroPoint
    const rise = factor.multiplier * 2 ** (factor.shift - 31) * steps
    const half = steps < 0 ? 0.5 + moved : 0.5 - moved
    const height = output.zeroPoint + half - rise * input.zeroPoint
    return (
      nearestByteLine({ first, end, rise, height }, shift) ??
      findByteLine(
        { first, outputs: outputsOf((stored) => evaluate(stored, slope), first, end), range },
        rise,
        shift,
      )
    )
  }
}

const at = ({ slope, offset }: ByteLine, value: number): number => value * slope + offset

interface Sides {
  readonly min: number
  readonly max: number
  /** The first value above. */
  readonly middle: number
  /** Height from which on a line would be too high in the middle. */
  readonly reached: number
}

/** True where no line exceeds the other on the side of that: lines are straight, so the ends of the sides decide. */
function isUpper(above: ByteLine, below: ByteLine, { min, max, middle, reached }: Sides): boolean {
  const lead = (value: number): number => at(above, value) - at(below, value)
  const aboveWins = middle === max || (lead(middle + 1) >= 0 && lead(max) >= 0)
  const belowWins = middle === min || (lead(middle - 1) <= 0 && lead(min) <= 0)
  return aboveWins && belowWins && at(below, middle) < reached
}
