import type { wasm } from '@quantrx/kernels'
import type { OperatorContext } from '../operator.ts'
import { mostShares } from './control.ts'
import { estimatedMicroseconds } from './estimated-microseconds.ts'

/** Below this, what another core must fetch and wait for eats up what it saves: by an operator, or by a small share. */
const leastMicroseconds = 5

/** Of how many parts a thread's half of the work consists, as it were: its large share has all of them but one. */
const partsPerThread = 4

/**
 * The shares of an operator: one for each thread, none where dividing it is not worth it. Where there is enough work, each
 * thread has a small share beside its large one, which another takes when it is done before: cores seldom run equally fast.
 * One that takes 1.5 times as long would keep the others waiting until 0.75 of the time of one thread, instead of 0.63.
 *
 * @returns large shares in the order of the threads, then small ones.
 */
export function sharesFor(
  context: Pick<OperatorContext, 'kind' | 'inputs' | 'outputs'>,
  threads: number,
): readonly wasm.Share[] {
  const microseconds = estimatedMicroseconds(context)
  if (microseconds < leastMicroseconds) return []
  const each = Array.from({ length: threads }, (_, thread) => thread)
  const count = threads * partsPerThread
  if (microseconds < leastMicroseconds * count || threads * 2 > mostShares) {
    return each.map((index) => ({ index, count: threads }))
  }
  const large = partsPerThread - 1
  return [
    ...each.map((thread) => ({ index: thread * partsPerThread, count, parts: large })),
    ...each.map((thread) => ({ index: thread * partsPerThread + large, count })),
  ]
}
