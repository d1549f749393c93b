import { writeFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { runStrictly } from './run-strictly.ts'

const folder = mkdtempSync(join(tmpdir(), 'quantrx-docs-'))

/** Runs a line of code as a program. */
function run(code: string): Promise<void> {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  writeFileSync(join(folder, 'program.mjs'), code)
  return runStrictly('program.mjs', [], folder)
}

it('is content with a program that succeeds', async () => {
  await expect(run('console.log("built 3 pages")')).resolves.toBeUndefined()
})

it.each([
  ['console.warn("(!) Some chunks are large")', 'program.mjs warns: (!) Some chunks are large'],
  ['console.log("[vitepress] Warning: no such language")', 'warns: [vitepress] Warning'],
  ['process.exit(3)', 'program.mjs ended with 3'],
])('refuses %s', async (code, message) => {
  await expect(run(code)).rejects.toThrow(message)
})
