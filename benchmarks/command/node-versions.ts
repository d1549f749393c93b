import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** A Node to measure on. */
export interface MeasuredNode {
  readonly path: string
  /** As Node prints it: `v24.1.0`. */
  readonly version: string
  /** True for the one on which everything is measured. */
  readonly main: boolean
}

/** Node 24 from the optional dependency, undefined where that has no binary for the platform. */
function node24(): string | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve('node24/package.json')
    return join(dirname(manifest), 'bin/node')
  } catch {
    return undefined
  }
}

/** Node 24, or the running Node where that is missing; then the running Node, if it is another. */
export function nodesToMeasure(): readonly MeasuredNode[] {
  const running = { path: process.execPath, version: process.version }
  const path = node24()
  if (path === undefined) return [{ ...running, main: true }]
  const version = execFileSync(path, ['--version'], { encoding: 'utf8' }).trim()
  const main = { path, version, main: true }
  return major(version) === major(running.version) ? [main] : [main, { ...running, main: false }]
}

const major = (version: string): string => version.split('.')[0]!
