import type { Opener, Sample } from '@quantrx/core'
import { expect, it } from 'vitest'
import { hasLabels } from './has-labels.ts'

const sample = (label?: number): Sample => ({
  index: 0,
  inputs: [],
  ...(label === undefined ? {} : { label }),
})

it.each([
  ['labelled', [sample(0), sample()], true],
  ['unlabelled', [sample(), sample(1)], false],
  ['empty', [], false],
])('looks at the first sample only, and closes the source: %s', async (_, all, expected) => {
  let closed = false
  const open: Opener = async function* (signal) {
    signal?.addEventListener('abort', () => (closed = true))
    await Promise.resolve()
    yield* all
  }
  expect(await hasLabels(open)).toBe(expected)
  expect(closed).toBe(true)
})
