import { expect, it } from 'vitest'
import { planMemory } from '../plan-memory.ts'
import { planOwnedMemory } from './plan-owned-memory.ts'

it('lets activations follow each other where they are divided alike, and on no others', () => {
  const activations = [
    { bytes: 100, from: 0, to: 1 },
    { bytes: 30, from: 1, to: 2 },
    { bytes: 100, from: 2, to: 3 },
    { bytes: 100, from: 3, to: 4 },
    { bytes: 50, from: 4, to: 5 },
  ]
  const plan = planOwnedMemory(activations, [], planMemory)
  expect(plan).toEqual({ addresses: [0, 128, 0, 192, 320], arenaBytes: 384, liveBytes: 224 })
})

it('takes activations in the order in which they come to be', () => {
  const activations = [
    { bytes: 64, from: 5, to: 6 },
    { bytes: 64, from: 0, to: 1 },
  ]
  expect(planOwnedMemory(activations, [], planMemory).addresses).toEqual([0, 0])
})

it('gives the shares of all operators scratch memory of their own, behind the activations', () => {
  const scratch = [
    { bytes: 10, from: 0, to: 0, share: 0 },
    { bytes: 20, from: 0, to: 0, share: 1 },
    { bytes: 200, from: 1, to: 1, share: 0 },
    { bytes: 5, from: 1, to: 1, share: 1 },
  ]
  const { addresses, arenaBytes } = planOwnedMemory([{ bytes: 1, from: 0, to: 1 }], scratch, planMemory)
  expect(addresses).toEqual([0, 64, 320, 64, 320])
  expect(arenaBytes).toBe(384)
})

it('uses the memory of activations again that no cache holds', () => {
  const large = [1, 2, 3].map((of, at) => ({ bytes: of * 1_000_000, from: at, to: at }))
  const scratch = [{ bytes: 8, from: 0, to: 0, share: 0 }]
  const { addresses, arenaBytes } = planOwnedMemory(large, scratch, planMemory)
  expect(addresses).toEqual([0, 0, 0, 3_000_000])
  expect(arenaBytes).toBe(3_000_064)
})
