import { checkTypes } from '@quantrx/testing/examples'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { workspaceRoot } from './workspace-root.ts'

/** Files that say which types there are, and in lines with `@ts-expect-error` what must not compile. */
const files = readdirSync(join(workspaceRoot, 'packages'))
  .flatMap((name) => {
    const folder = join(workspaceRoot, 'packages', name, 'src')
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path))
  })
  .filter((path) => path.endsWith('.test-d.ts'))

it('types are what their tests say, and what must not compile does not', { timeout: 120_000 }, () => {
  expect(files.length).toBeGreaterThan(5)
  expect(checkTypes(files)).toEqual({})
})
