import { checkedScan, plainPasses, scanValues } from '@quantrx/core'
import type { BinRange, Extremes, LiveScan } from '@quantrx/core'
import { memoryImport, moduleBytes } from '../assembler/module.ts'
import { countBinsFunctions, countingFunction, countingParameters } from './count-bins.ts'
import { extremesFunction } from './extremes.ts'
import { mergeBinsFunction } from './merge-bins.ts'
import { largestBinCount, scratchLayout } from './scratch.ts'

const bytesPerPage = 65536

/** What the module of {@link instantiate} exports. */
interface ScanExports {
  extremes(address: number, count: number): void
  countNarrowBins(address: number, count: number): void
  countWideBins(address: number, count: number): void
  mergeBins(first: number, count: number): void
}

/**
 * Scans values where they stand in a memory, equal to `scanValues` bit for bit; values elsewhere are left to it. The module
 * that does it is made here, so that programs nobody observes do without.
 *
 * @param scratch address of `scanScratchBytes` bytes, zeros at first, that only scans use; a multiple of 16.
 */
export function memoryScanner(
  memory: WebAssembly.Memory,
  scratch: number,
): (values: Float32Array) => LiveScan {
  const { buffer } = memory
  const functions = instantiate(memory, scratch)
  const [min, max, sum] = [0, 16, 32].map(
    (at) => new Float32Array(buffer, scratch + scratchLayout.extremes + at, 1),
  ) as [Float32Array, Float32Array, Float32Array]
  const parameters = new Float32Array(buffer, scratch + scratchLayout.parameters, 2)
  const totals = new Uint32Array(buffer, scratch + scratchLayout.totals, largestBinCount)
  return (values) => {
    if (values.buffer !== buffer) return scanValues(values)
    const plain = plainPasses(values)
    return checkedScan({
      values,
      findExtremes(): Extremes | undefined {
        functions.extremes(values.byteOffset, values.length)
        if (!Number.isFinite(sum[0])) return plain.findExtremes()
        return { min: min[0]! + 0, max: max[0]! + 0 }
      },
      addToBins(exponent, counts, range) {
        if (!isWorthwhile(values.length, exponent, counts.length, range)) {
          plain.addToBins(exponent, counts, range)
          return
        }
        parameters.set(countingParameters(exponent, counts.length / 2))
        functions[countingFunction(exponent)](values.byteOffset, values.length)
        const { first, last } = range
        functions.mergeBins(first, last + 1 - first)
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

function instantiate(memory: WebAssembly.Memory, scratch: number): ScanExports {
  const bytes = moduleBytes({
    functions: [extremesFunction(scratch), ...countBinsFunctions(scratch), mergeBinsFunction(scratch)],
    pages: memory.buffer.byteLength / bytesPerPage,
    imported: true,
    shared: !(memory.buffer instanceof ArrayBuffer),
  })
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), memoryImport(memory))
  return exports as unknown as ScanExports
}
