import { checkedScan } from './value-scan.ts'
import type { Extremes, LiveScan, ScanPasses } from './value-scan.ts'

/**
 * Scans values wherever they are, with plain loops: what every other `ValueScan` has to equal.
 *
 * @example
 * scanValues(Float32Array.of(-1, 2)).extremes() // { min: -1, max: 2 }
 */
export function scanValues(values: Float32Array): LiveScan {
  return checkedScan(plainPasses(values))
}

/** The passes of {@link scanValues}, for scans that use them where they have nothing faster. */
export function plainPasses(values: Float32Array): ScanPasses {
  return {
    values,
    findExtremes: () => findExtremes(values),
    addToBins: (exponent, counts) => addToBins(values, exponent, counts),
  }
}

function findExtremes(values: Float32Array): Extremes | undefined {
  let min = Infinity
  let max = -Infinity
  // A sum of finite float32 numbers stays finite in float64, so one look at it finds NaN and infinities.
  let sum = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    sum += value
    if (value < min) min = value
    if (value > max) max = value
  }
  return Number.isFinite(sum) ? { min: min + 0, max: max + 0 } : undefined
}

function addToBins(values: Float32Array, exponent: number, counts: number[]): void {
  const half = counts.length / 2
  // Scaling by a power of two is exact, so a value falls into the bin that a finer grid would have merged it into.
  const scale = 2 ** -exponent
  for (let i = 0; i < values.length; i++) {
    const bin = Math.floor(values[i]! * scale) + half
    counts[bin] = counts[bin]! + 1
  }
}
