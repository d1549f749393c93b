import { expect, it } from 'vitest'
import { blockRuns } from './block-runs.ts'

it('finds every element of the input once, in at most three runs', () => {
  for (let block = 1; block <= 7; block++) {
    for (let before = 0; before <= 9; before++) {
      for (let size = 1; size <= 15; size++) {
        const blocks = Math.ceil((before + size) / block) + 1
        const runs = blockRuns({ block, before, size }, { from: 0, to: blocks })
        expect(runs.length).toBeLessThanOrEqual(3)
        const found = runs.flatMap(({ offset, offsets, first, count, inputAt }) =>
          Array.from({ length: offsets * count }, (_, at) => {
            const [more, further] = [Math.floor(at / count), at % count]
            const element = inputAt + more + further * block
            expect((first + further) * block + offset + more).toBe(element + before)
            return element
          }),
        )
        expect(found.sort((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, at) => at))
      }
    }
  }
})

it('looks at some of the blocks only', () => {
  expect(blockRuns({ block: 2, before: 1, size: 3 }, { from: 1, to: 2 })).toEqual([
    { offset: 0, offsets: 2, first: 1, count: 1, inputAt: 1 },
  ])
  expect(blockRuns({ block: 2, before: 1, size: 3 }, { from: 1, to: 1 })).toEqual([])
})
