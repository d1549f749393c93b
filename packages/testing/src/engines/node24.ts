import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describeWith } from '../fixtures.ts'

/** Node 24, which the benchmarks depend on where there is one for the platform. */
export const node24 = findNode24()

function findNode24(): string | undefined {
  try {
    const benchmarks = createRequire(new URL('../../../../benchmarks/package.json', import.meta.url))
    const path = join(dirname(benchmarks.resolve('node24/package.json')), 'bin/node')
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

/** A suite that needs Node 24 beside the one it runs in. */
export function describeWithNode24(name: string, suite: () => void): void {
  describeWith('Node 24', node24 !== undefined, name, suite)
}
