import { expect, it } from 'vitest'
import { threadHost } from './host.ts'
import { usableThreads } from './usable-threads.ts'

it.each([
  [1, true, 8, 1],
  [3, true, 8, 3],
  [8, true, 2, 2],
  [4, false, 8, 1],
])('of %i, with shared memory %s and %i cores, are %i', (wanted, sharesMemory, cores, usable) => {
  expect(usableThreads(wanted, () => ({ sharesMemory, cores }))).toBe(usable)
})

it.each([0, -1, 1.5, NaN])('are never %d', (wanted) => {
  expect(() => usableThreads(wanted, () => ({ sharesMemory: true, cores: 8 }))).toThrow(
    `[runtime] "threads": got ${wanted}, expected a whole number of 1 or more`,
  )
})

it('can share memory in Node', () => {
  const host = threadHost()
  expect(host.sharesMemory).toBe(true)
  expect(host.cores).toBeGreaterThanOrEqual(1)
})
