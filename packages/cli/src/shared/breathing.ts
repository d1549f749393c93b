import { setImmediate } from 'node:timers/promises'
import type { Opener } from '@quantrx/core'

/** Ctrl-C may wait this long. */
const breatheEveryMilliseconds = 50

/**
 * The same items, with a pause now and then: work on samples is synchronous, and without pauses nothing would ever hear Ctrl-C.
 */
export function breathing<Item>(open: Opener<Item>): Opener<Item> {
  return async function* (signal) {
    let last = performance.now()
    for await (const item of open(signal)) {
      if (performance.now() - last >= breatheEveryMilliseconds) {
        await setImmediate()
        signal.throwIfAborted()
        last = performance.now()
      }
      yield item
    }
  }
}
