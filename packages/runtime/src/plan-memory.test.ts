import { seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { planMemory } from './plan-memory.ts'

it('uses memory again as soon as it is free', () => {
  const plan = planMemory([
    { bytes: 100, from: 0, to: 1 },
    { bytes: 20, from: 1, to: 2 },
    { bytes: 90, from: 2, to: 3 },
  ])
  expect(plan).toEqual({ addresses: [0, 112, 0], arenaBytes: 144, liveBytes: 144 })
})

it('fills gaps and keeps apart what lives at the same time', () => {
  const random = seededRandom(7)
  for (let round = 0; round < 50; round++) {
    const requests = Array.from({ length: 40 }, () => {
      const from = Math.floor(random.next() * 30)
      return { bytes: Math.floor(random.next() * 1000), from, to: from + Math.floor(random.next() * 5) }
    })
    const { addresses, arenaBytes, liveBytes } = planMemory(requests)
    expect(arenaBytes).toBeGreaterThanOrEqual(liveBytes)
    requests.forEach((a, i) =>
      requests.slice(0, i).forEach((b, j) => {
        const apart = a.to < b.from || b.to < a.from
        const beside = addresses[i]! + a.bytes <= addresses[j]! || addresses[j]! + b.bytes <= addresses[i]!
        expect(apart || beside || a.bytes * b.bytes === 0).toBe(true)
      }),
    )
  }
})

it('wastes little on layers that follow each other, each with memory of its own for a moment', () => {
  const random = seededRandom(5)
  const wasted = Array.from({ length: 40 }, () => {
    const layers = Array.from({ length: 30 }, (_, at) => [
      { bytes: 1000 + random.integer(9000), from: at - 1, to: at },
      { bytes: random.integer(8000), from: at, to: at },
    ])
    const { arenaBytes, liveBytes } = planMemory(layers.flat())
    return arenaBytes / liveBytes
  })
  expect(Math.max(...wasted)).toBeLessThan(1.1)
})
