import type { ProgramLayout } from '../emit-program.ts'

/** Addresses of the numbers by which the threads of a program keep step. */
export interface Control {
  /** How often all threads have met. */
  readonly meetings: number
  /** How many threads wait for the next meeting. */
  readonly arrived: number
  /** How many of those sleep. */
  readonly sleeping: number
  /** The operators to run, from one to before another; none are left to run when the first is negative. */
  readonly from: number
  readonly to: number
}

/** What waiting threads read must not share a cache line with what arriving threads write. */
const cacheLineBytes = 64

/** Places the control numbers behind everything else, and says how much memory that takes in all. */
export function placeControl({ bytes }: Pick<ProgramLayout, 'bytes'>): {
  readonly control: Control
  readonly bytes: number
} {
  const meetings = Math.ceil(bytes / cacheLineBytes) * cacheLineBytes
  const arrived = meetings + cacheLineBytes
  const from = arrived + cacheLineBytes
  const control = { meetings, arrived, sleeping: arrived + 4, from, to: from + 4 }
  return { control, bytes: from + cacheLineBytes }
}
