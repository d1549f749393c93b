import { wasm } from '@quantrx/kernels'
import type { InnerLoopName } from './operator.ts'

/** What can be asked for; `auto` is the fastest of the others that is exact on this engine and processor. */
export type InnerLoopChoice = 'auto' | 'reference' | InnerLoopName

/** What can be had. */
export type InnerLoop = 'reference' | InnerLoopName

/**
 * The inner loop to use. One that this engine cannot run, or not exactly, gives way to the next: `usdot` to `i16`, that to
 * `reference`.
 */
export function chooseInnerLoop(choice: InnerLoopChoice): InnerLoop {
  if (choice === 'reference') return 'reference'
  if (choice !== 'i16' && wasm.runsExactDot()) return 'usdot'
  return wasm.runsVectors() ? 'i16' : 'reference'
}
