import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { nodesToMeasure } from './node-versions.ts'

const lockfile = fileURLToPath(new URL('../../package-lock.json', import.meta.url))

it('keeps Node 24 where the scripts of the workspace do not find it, or they would all run on it', () => {
  const { packages } = JSON.parse(readFileSync(lockfile, 'utf8')) as { packages: Record<string, unknown> }
  const places = Object.keys(packages).filter((path) => path.endsWith('node_modules/node24'))
  expect(places).toEqual(['benchmarks/node_modules/node24'])
})

it('measures everything on one Node, and on the running one as well when that is another', () => {
  const nodes = nodesToMeasure()
  expect(nodes.filter(({ main }) => main)).toHaveLength(1)
  expect(new Set(nodes.map(({ version }) => version)).size).toBe(nodes.length)
  const majors = nodes.map(({ version }) => version.split('.')[0])
  expect(majors).toContain(process.version.split('.')[0])
})
