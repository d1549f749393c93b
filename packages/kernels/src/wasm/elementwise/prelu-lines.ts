import { integerLimits } from '@quantrx/core'
import { preluFactors, preluStored } from '../../ops/prelu/prelu.ts'
import { holdsZeroPoint } from './bytes.ts'
import type { ByteArray } from './bytes.ts'
import { byteLineShift, findByteLine } from './byte-line.ts'
import type { ByteLine } from './byte-line.ts'
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

/**
 * Lines that equal PRELU at every value of the input, proved by looking at all of them.
 *
 * @param slopes as they are stored.
 * @returns undefined when there are none.
 */
export function preluLines(
  parameters: Omit<PreluOfBytes, 'rows'>,
  slopes: ByteArray,
): PreluLines | undefined {
  const { type, input, output } = parameters
  if (![input, parameters.slopes, output].every(({ zeroPoint }) => holdsZeroPoint(type, zeroPoint)))
    return undefined
  const range = integerLimits[type]
  const evaluate = preluStored(parameters)
  const factors = preluFactors(parameters)
  const riseOf = (slope: number): number => factors.below * (slope - parameters.slopes.zeroPoint)
  const rises = Array.from(slopes, (slope) => Math.abs(riseOf(slope)))
  const shift = byteLineShift(Math.max(factors.above, ...rises))
  if (shift === undefined) return undefined
  const lineOf = (first: number, end: number, rise: number, slope: number): ByteLine | undefined => {
    const outputs = Array.from({ length: end - first }, (_, at) => evaluate(first + at, slope))
    return findByteLine({ first, outputs, range }, rise, shift)
  }
  const above = lineOf(input.zeroPoint, range.max + 1, factors.above, 0)
  if (above === undefined || !fits(above, range)) return undefined
  const lines = new Map<number, ByteLine>()
  for (const slope of slopes) {
    if (lines.has(slope)) continue
    const line = lineOf(range.min, input.zeroPoint, riseOf(slope), slope)
    if (line === undefined || !fits(line, range)) return undefined
    lines.set(slope, line)
  }
  const sides: Sides = {
    ...range,
    ...{ middle: input.zeroPoint, reached: (output.zeroPoint + 1) * 2 ** shift },
  }
  const upper = [...lines.values()].every((below) => isUpper(above, below, sides))
  return {
    shift,
    zeroPoint: input.zeroPoint,
    above,
    below: Array.from(slopes, (slope) => lines.get(slope)!),
    upper,
  }
}

const at = ({ slope, offset }: ByteLine, value: number): number => value * slope + offset

/** True where a line stays within 32 bits on the way and at the end, at every value of a type. */
function fits(line: ByteLine, { min, max }: { readonly min: number; readonly max: number }): boolean {
  return Math.max(Math.abs(at(line, min)), Math.abs(at(line, max))) < 2 ** 31
}

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
  const aboveWins = [middle + 1, max].every((value) => value > max || at(above, value) >= at(below, value))
  const belowWins = [min, middle - 1].every((value) => value < min || at(below, value) >= at(above, value))
  return aboveWins && belowWins && at(below, middle) < reached
}
