import { workspace } from '@quantrx/testing'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { entryPoints } from './entry-points.ts'

const entries = entryPoints()

it('finds packages and their parts, and none that is private', () => {
  const names = entries.map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['@quantrx/core', '@quantrx/data', '@quantrx/data/node']))
  expect(names.filter((name) => /testing|docs|playground/.test(name))).toEqual([])
})

it.each(entries)('$name has a source', ({ source }) => expect(existsSync(join(workspace, source))).toBe(true))
