import { roundHalfAwayFromZero } from '@quantrx/core'
import type { ScaleAndZeroPoint, StoredFunction } from './integer-tensor.ts'

const steps = 512
const [lowest, highest] = [-32768, 32767]

/** A real function on int16: how input and output stand for real numbers, and what the function is. */
export interface InterpolatedFunction {
  readonly input: ScaleAndZeroPoint
  readonly output: Pick<ScaleAndZeroPoint, 'scale'>
  /** Takes a number of that precision and gives one that is rounded to it. */
  readonly transform: (real: number) => number
  /** What the table is computed in, scales included; float32 when left out. */
  readonly precision?: 'float32' | 'float64'
}

/**
 * A real function on int16 with zero point 0 in the output: 512 equal steps with their ends, each lowered by half of the
 * error that interpolation makes in the middle of its step, and straight lines between them in 7 bits. Follows the int16
 * tables of TensorFlow Lite (spec 7.7).
 */
export function interpolatedStored(options: InterpolatedFunction): StoredFunction {
  const table = interpolationTable(options)
  return (stored) => {
    const index = 256 + (stored >> 7)
    const base = table[index]!
    return base + (((table[index + 1]! - base) * (stored & 0x7f) + 64) >> 7)
  }
}

/**
 * The ends of the steps as stored outputs; every operation in the precision that is asked for. The range of the output counts as one step longer
 * than it is, so that 2 / 65535 as its scale makes 1 the number 32768.
 */
export function interpolationTable({
  input,
  output,
  transform,
  precision,
}: InterpolatedFunction): Int16Array {
  const f = precision === 'float64' ? Number : Math.fround
  const inputScale = f(input.scale)
  const outputScale = f(output.scale)
  const first = f(inputScale * (lowest - input.zeroPoint))
  const last = f(inputScale * (highest - input.zeroPoint))
  const step = f(f(last - first) / steps)
  const values = f(f(outputScale * highest) - f(outputScale * lowest))
  const inverse = f((highest - lowest + 1) / values)
  const scaled = (real: number): number => f(f(transform(real)) * inverse)
  return Int16Array.from({ length: steps + 1 }, (_, index) => {
    const at = f(first + f(index * step))
    const value = roundHalfAwayFromZero(scaled(index === steps ? last : at))
    if (index === steps) return clamped(value)
    const interpolated = roundHalfAwayFromZero(f(f(scaled(f(first + f((index + 1) * step))) + value) / 2))
    const error = interpolated - roundHalfAwayFromZero(scaled(f(at + f(step / 2))))
    return clamped(value - roundHalfAwayFromZero(error / 2))
  })
}

const clamped = (value: number): number => Math.max(lowest, Math.min(highest, value))
