/** Bins that fit the scratch memory. */
export const largestBinCount = 2048

/**
 * Counters of a bin, side by side, one for each of the values that are counted in turn: neighbouring values often share a bin, and a
 * counter is slow to be counted up twice in a row.
 */
export const countersPerBin = 8

/** Where the functions of a scan keep what they do not return, in bytes from the start of their scratch memory. */
export const scratchLayout = {
  /** Parameters of counting, float32. */
  parameters: 0,
  /** Results, four equal float32 each: smallest value, largest value, a sum that is finite only if all values are. */
  extremes: 0,
  /** Counters, u32; zeros between calls. */
  counters: 64,
  /** Count of each bin, u32. */
  totals: 64 + largestBinCount * countersPerBin * 4,
} as const

/** Bytes of scratch memory that scans need. */
export const scratchBytes = scratchLayout.totals + largestBinCount * 4
