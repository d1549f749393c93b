import { expect, it } from 'vitest'
import { createChecks, inParallel, run } from './checks.ts'

it('runs all checks, and counts and prints how they went', async () => {
  const lines: string[] = []
  const checks = createChecks((line) => lines.push(line))
  expect(await checks.check('good', () => 1)).toBe(true)
  const failing = () => run(process.execPath, ['-e', 'console.error("no"); process.exit(3)'], '.')
  expect(await checks.check('bad', failing)).toBe(false)
  expect([checks.passed, checks.failed, lines[0]]).toEqual([1, 1, 'ok      good'])
  expect(lines[1]).toMatch(/^FAILED {2}bad\n[\s\S]*no\n/)
})

it('does so many at a time, and keeps the order of results', async () => {
  let [running, most] = [0, 0]
  const results = await inParallel([30, 1, 20, 1], 2, async (milliseconds) => {
    most = Math.max(most, ++running)
    await new Promise((done) => setTimeout(done, milliseconds))
    running--
    return milliseconds
  })
  expect([results, most]).toEqual([[30, 1, 20, 1], 2])
})
