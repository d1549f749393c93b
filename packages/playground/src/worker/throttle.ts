/** Sends at most one value in so many milliseconds: the first at once, the latest of the others with `flush`. */
export interface Throttle {
  /** `make` is called only where its value is sent. */
  offer(make: () => void): void
  /** Does the last thing that was offered and left out. */
  flush(): void
}

/**
 * A throttle without timers, since work that is throttled lets none fire.
 *
 * @param now Milliseconds; the clock of the engine by default.
 */
export function throttle(milliseconds: number, now: () => number = () => performance.now()): Throttle {
  let last = -Infinity
  let waiting: (() => void) | undefined
  return {
    offer(make) {
      const time = now()
      waiting = make
      if (time - last < milliseconds) return
      last = time
      waiting = undefined
      make()
    },
    flush() {
      waiting?.()
      waiting = undefined
    },
  }
}
