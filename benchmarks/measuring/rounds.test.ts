import { expect, it } from 'vitest'
import { race, ratio, timing } from './rounds.ts'

const pace = { rounds: 3, sliceMs: 2 }

it('gives every contestant a slice of each round, after a warm-up of its own', async () => {
  const seen: string[] = []
  const contestant = (name: string) => ({
    run: () => void (seen.at(-1) !== name && seen.push(name)),
    warmed: () => void seen.push(`${name} is warm`),
  })
  await race({ first: contestant('first'), second: contestant('second') }, pace)
  expect(seen).toEqual([
    ...['first', 'first is warm', 'second', 'second is warm'],
    ...['first', 'second', 'first', 'second', 'first', 'second'],
  ])
})

it('counts the runs and has a median for each round', async () => {
  let runs = 0
  const { only } = await race(
    { only: { run: () => void runs++, warmed: () => void (runs = 0) } },
    { rounds: 3, sliceMs: 0 },
  )
  expect(only).toMatchObject({ runs: 3, roundsMs: { length: 3 } })
  expect(runs).toBe(3)
})

it('waits for work that takes its time', async () => {
  const run = () => new Promise<void>((resolve) => setTimeout(resolve, 5))
  const { slow } = await race({ slow: { run } }, { rounds: 1, sliceMs: 0 })
  expect(slow.p10Ms).toBeGreaterThan(3)
})

it('takes the median of the rounds for the median and all runs for the tenth percentile', () => {
  const rounds = [[1, 2, 3], [4, 5, 6], [100]]
  expect(timing(rounds)).toEqual({ medianMs: 5, p10Ms: 1, roundsMs: [2, 5, 100], runs: 7 })
})

it('compares round by round, so that a slow machine slows both sides', () => {
  const ours = timing([[1], [10], [1]])
  const theirs = timing([[2], [20], [2]])
  expect(ratio(theirs, ours)).toBe(2)
})
