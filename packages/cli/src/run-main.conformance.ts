import { MessageChannel } from 'node:worker_threads'
import type { Environment } from './environment.ts'
import { nodeFiles } from './environment.ts'
import { main } from './main.ts'
import type { ExitCode } from './main.ts'
import { serve } from './sample-workers/serve.ts'
import type { WorkerSource } from './sample-workers/start-workers.ts'
import { plainSurface } from './terminal/surface.ts'

/** What a run of the command line left behind. */
export interface Outcome {
  readonly exitCode: ExitCode
  readonly stdout: string
  readonly stderr: string
}

/** Workers that are no threads of their own, which start at once; as many as are asked for, up to 4. */
export const portWorkers: WorkerSource = {
  cores: 4,
  start() {
    const { port1, port2 } = new MessageChannel()
    serve(port2)
    return {
      on: (event: string, listener: (...values: never[]) => void) =>
        port1.on(event, listener as (...values: unknown[]) => void),
      postMessage: (request: unknown, transfer: readonly ArrayBuffer[]) =>
        port1.postMessage(request, transfer),
      async terminate() {
        port1.close()
        return 0
      },
    }
  },
}

/** Runs the command line with everything it prints caught. */
export async function runMain(argv: readonly string[], changes: Partial<Environment> = {}): Promise<Outcome> {
  const printed = { stdout: '', stderr: '' }
  const exitCode = await main(argv, {
    stdout: (text) => void (printed.stdout += text),
    stderr: (text) => void (printed.stderr += text),
    interactive: false,
    output: plainSurface,
    messages: plainSurface,
    folder: import.meta.dirname,
    files: nodeFiles,
    workers: portWorkers,
    signal: new AbortController().signal,
    ...changes,
  })
  return { exitCode, ...printed }
}

/** Runs a command with `--json` and reads the document; fails with what it printed where it failed. */
export async function runJson(
  argv: readonly string[],
  changes: Partial<Environment> = {},
): Promise<Readonly<Record<string, unknown>>> {
  const { exitCode, stdout, stderr } = await runMain([...argv, '--json'], changes)
  if (exitCode !== 0) throw new Error(`exit code ${exitCode}: ${stderr}`)
  return JSON.parse(stdout) as Readonly<Record<string, unknown>>
}
