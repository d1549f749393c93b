import { expect, it } from 'vitest'
import { sampleCount } from './sample-count.ts'

it.each([
  [{}, undefined],
  [{ rows: { start: 5 } }, undefined],
  [{ samples: 10 }, 10],
  [{ rows: { start: 5, end: 25 } }, 20],
  [{ rows: { start: 5, end: 25 }, samples: 7 }, 7],
  [{ randomSamples: 3, samples: 7 }, 3],
])('%j says %j', (options, expected) => {
  expect(sampleCount(options)).toBe(expected)
})
