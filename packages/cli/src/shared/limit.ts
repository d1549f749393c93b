import type { Opener } from '@quantrx/core'

/** The first `count` items of what `open` gives, all of them without a count; never pulls one too many. */
export function limit<Item>(open: Opener<Item>, count: number | undefined): Opener<Item> {
  if (count === undefined) return open
  return async function* (signal) {
    let taken = 0
    for await (const item of open(signal)) {
      yield item
      taken++
      if (taken >= count) return
    }
  }
}
