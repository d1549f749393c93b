/** Differences that are looked at: the clock may stand still for long, but not for ever. */
const looks = 20

/** Milliseconds between two times that the clock can tell: browsers make it coarse, so that nobody spies by it. */
export function clockTick(now: () => number = () => performance.now()): number {
  let smallest = Infinity
  for (let look = 0; look < looks; look++) {
    const before = now()
    let after = now()
    while (after === before) after = now()
    smallest = Math.min(smallest, after - before)
  }
  return smallest
}
