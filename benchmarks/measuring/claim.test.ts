import { expect, it } from 'vitest'
import { atLeast, atMost, claim, ratioClaim, stretch, summarize } from './claim.ts'
import { timing } from './rounds.ts'

it('meets a bar by reaching it, from the right side', () => {
  expect(claim('speed', 1.6, atLeast(1.6)).verdict).toBe('met')
  expect(claim('speed', 1.59, atLeast(1.6)).verdict).toBe('not met')
  expect(claim('time', 0.5, atMost(0.5)).verdict).toBe('met')
  expect(claim('time', 0.51, atMost(0.5)).verdict).toBe('not met')
})

it('neither meets nor misses without a bar, and does not with no value', () => {
  expect(claim('size', 3)).toEqual({ what: 'size', value: 3, unit: 'times' })
  expect(claim('speed', NaN, stretch(2)).verdict).toBe('not met')
})

it('compares times round by round, and once more without what disturbed them', () => {
  const ours = timing([[1], [1], [9, 1]])
  const theirs = timing([[2], [2], [5]])
  expect(ratioClaim('speed', theirs, ours, atLeast(2))).toMatchObject({
    value: 2,
    undisturbed: 2,
    verdict: 'met',
  })
  const disturbed = timing([[2, 4, 4], [4], [4]])
  expect(ratioClaim('speed', disturbed, ours, atLeast(3))).toMatchObject({
    ...{ value: 4, undisturbed: 2, verdict: 'unclear' },
  })
})

it('counts bars and stretch goals apart', () => {
  const claims = [
    claim('fast', 2, atLeast(1)),
    claim('slow', 0.5, atLeast(1)),
    claim('small', 1, atMost(1)),
    claim('dream', 0.9, stretch(1)),
    claim('plain', 1),
  ]
  expect(summarize(claims)).toBe('2 of 3 bars met, 0 of 1 stretch goals')
  const unclear = ratioClaim('noisy', timing([[1, 3, 3]]), timing([[1]]), atLeast(2))
  expect(summarize([...claims, unclear])).toBe(
    '2 of 4 bars met, 0 of 1 stretch goals, 1 unclear on a machine as busy as this',
  )
})
