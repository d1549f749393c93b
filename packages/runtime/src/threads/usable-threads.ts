import { UsageError } from '@quantrx/core'
import { mostShares } from './control.ts'

/** What a host offers for threads. */
export interface ThreadHost {
  /** Whether threads can share memory; browsers allow it to pages that are cross-origin isolated. */
  readonly sharesMemory: boolean
  /** How many threads run at the same time. */
  readonly cores: number
}

/**
 * How many of the threads that were asked for are of use: no more than there are cores, and one where memory cannot be
 * shared.
 *
 * @param host asked only where more than one is wanted: finding out takes longer than compiling a layer.
 * @throws UsageError for what is not a whole number of 1 or more.
 */
export function usableThreads(wanted: number, host: () => ThreadHost): number {
  if (!Number.isInteger(wanted) || wanted < 1) {
    throw new UsageError({
      stage: 'runtime',
      subject: 'threads',
      found: String(wanted),
      expected: 'a whole number of 1 or more',
    })
  }
  if (wanted === 1) return 1
  const { sharesMemory, cores } = host()
  return sharesMemory ? Math.max(1, Math.min(wanted, cores, mostShares)) : 1
}
