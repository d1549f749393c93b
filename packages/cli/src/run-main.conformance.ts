import type { Environment } from './environment.ts'
import { nodeFiles } from './environment.ts'
import { main } from './main.ts'
import type { ExitCode } from './main.ts'

/** What a run of the command line left behind. */
export interface Outcome {
  readonly exitCode: ExitCode
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command line with everything it prints caught. */
export async function runMain(argv: readonly string[], changes: Partial<Environment> = {}): Promise<Outcome> {
  const printed = { stdout: '', stderr: '' }
  const exitCode = await main(argv, {
    stdout: (text) => void (printed.stdout += text),
    stderr: (text) => void (printed.stderr += text),
    interactive: false,
    files: nodeFiles,
    signal: new AbortController().signal,
    ...changes,
  })
  return { exitCode, ...printed }
}

/** Runs a command with `--json` and reads the document; fails with what it printed where it failed. */
export async function runJson(argv: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const { exitCode, stdout, stderr } = await runMain([...argv, '--json'])
  if (exitCode !== 0) throw new Error(`exit code ${exitCode}: ${stderr}`)
  return JSON.parse(stdout) as Readonly<Record<string, unknown>>
}
