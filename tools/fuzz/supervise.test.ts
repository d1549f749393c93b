import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import type { Outcome } from './messages.ts'
import { supervise } from './supervise.ts'

it('finds what throws, what hangs and what brings its process down, and goes on with the next case', async () => {
  const outcomes: Outcome[] = []
  const share = { target: 'read', seed: 1, from: 0, to: 6, step: 1 } as const
  const findings = await supervise(share, {
    script: fileURLToPath(new URL('faulty-process.conformance.ts', import.meta.url)),
    limits: { caseMs: 1000, startMs: 60_000, residentBytes: 2 ** 40 },
    onOutcome: (outcome) => outcomes.push(outcome),
  })
  expect(findings.map(({ index, what, error }) => ({ index, what, error }))).toEqual([
    { index: 1, what: 'threw', error: 'TypeError: planted' },
    { index: 2, what: 'hang', error: 'not done after 1000 ms' },
    { index: 3, what: 'crash', error: 'ended by exit code 7' },
  ])
  expect(outcomes.map(({ index }) => index)).toEqual([0, 1, 4, 5])
})
