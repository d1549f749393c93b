import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Stages } from './stages.ts'

/** A script of this folder in a process of its own. */
export interface StartProcess {
  readonly script: string
  readonly args: readonly string[]
  /** Whether packages of the workspace resolve to their sources; to what was built otherwise. */
  readonly sources: boolean
}

/** Node that knows TypeScript needs no help with it, which would slow down every import. */
const knowsTypeScript = 'typescript' in process.features && process.features.typescript !== false

/** Runs a script on the Node that runs this, and returns what it prints. */
export function runProcess({ script, args, sources }: StartProcess): Stages {
  const flags = [
    ...(sources ? ['--conditions=@quantrx/source'] : []),
    ...(knowsTypeScript ? [] : [`--import=${import.meta.resolve('tsx')}`]),
  ]
  const path = fileURLToPath(new URL(script, import.meta.url))
  const stdout = execFileSync(process.execPath, [...flags, path, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return JSON.parse(stdout) as Stages
}
