import { checkedScan, plainPasses, scanValues } from '@quantrx/core'
import type { BinRange, Extremes, ValueScan } from '@quantrx/core'
import type { ModuleFunction } from '../assembler/module.ts'
import { countBinsFunction, countingParameters } from './count-bins.ts'
import { extremesFunction } from './extremes.ts'
import { mergeBinsFunction } from './merge-bins.ts'
import { largestBinCount, scratchLayout } from './scratch.ts'

/** What a module with {@link scanFunctions} exports; `scratch` is the address of scratch memory that scans share. */
export interface ScanExports {
  extremes(address: number, count: number, scratch: number): void
  countBins(address: number, count: number, scratch: number): void
  mergeBins(first: number, count: number, scratch: number): void
}

/** Functions that a module needs so that its memory can be scanned. */
export function scanFunctions(): readonly ModuleFunction[] {
  return [extremesFunction(), countBinsFunction(), mergeBinsFunction()]
}

/**
 * Scans values where they stand in the memory of a module, equal to `scanValues` bit for bit; values elsewhere are left to it.
 *
 * @param scratch address of `scanScratchBytes` bytes, zeros at first, that only scans use; a multiple of 16.
 */
export function memoryScanner(
  functions: ScanExports,
  buffer: ArrayBufferLike,
  scratch: number,
): (values: Float32Array) => ValueScan {
  const [min, max, sum] = [0, 16, 32].map(
    (at) => new Float32Array(buffer, scratch + scratchLayout.extremes + at, 1),
  ) as [Float32Array, Float32Array, Float32Array]
  const parameters = new Float32Array(buffer, scratch + scratchLayout.parameters, 3)
  const totals = new Uint32Array(buffer, scratch + scratchLayout.totals, largestBinCount)
  return (values) => {
    if (values.buffer !== buffer) return scanValues(values)
    const plain = plainPasses(values)
    return checkedScan({
      values,
      findExtremes(): Extremes | undefined {
        functions.extremes(values.byteOffset, values.length, scratch)
        if (!Number.isFinite(sum[0])) return plain.findExtremes()
        return { min: min[0]! + 0, max: max[0]! + 0 }
      },
      addToBins(exponent, counts, range) {
        if (!isWorthwhile(values.length, exponent, counts.length, range)) {
          plain.addToBins(exponent, counts, range)
          return
        }
        parameters.set(countingParameters(exponent, counts.length / 2))
        functions.countBins(values.byteOffset, values.length, scratch)
        const { first, last } = range
        functions.mergeBins(first, last + 1 - first, scratch)
        for (let bin = first; bin <= last; bin++) counts[bin] = counts[bin]! + totals[bin]!
      },
    })
  }
}

/** False where float32 does not hold the scale, the bins have no room, or merging bins takes longer than counting values. */
function isWorthwhile(values: number, exponent: number, bins: number, { first, last }: BinRange): boolean {
  const scale = 2 ** -exponent
  return Math.fround(scale) === scale && bins <= largestBinCount && last - first < values
}
