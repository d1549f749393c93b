import type { RowRange } from './data-options.ts'

/** What the command line says of the number of samples. */
export interface CountOptions {
  readonly rows?: RowRange | undefined
  readonly randomSamples?: number | undefined
  /** Most that are taken. */
  readonly samples?: number
}

/** How many samples there will be, or at most, as far as options tell; undefined where only the source knows. */
export function sampleCount({ rows, randomSamples, samples }: CountOptions): number | undefined {
  const inRows = rows?.end === undefined ? undefined : rows.end - rows.start
  const known = [randomSamples, inRows, samples].filter((count) => count !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}
