import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Claim } from '../measuring/claim.ts'
import type { Settings } from '../tables/table.ts'

/** A table as one Node measured it. */
export interface MeasuredTable {
  readonly name: string
  readonly data: object
  readonly drawing: string
  readonly claims: readonly Claim[]
}

const script = fileURLToPath(new URL('measure-table.ts', import.meta.url))

/**
 * Measures a table in a process of its own.
 *
 * @param node path of the Node to run.
 * @throws Error when the process ends without a table.
 */
export function measureTable(node: string, name: string, settings: Settings): Promise<MeasuredTable> {
  return new Promise((resolve, reject) => {
    const child = fork(script, [name, JSON.stringify(settings)], {
      execPath: node,
      execArgv: ['--conditions=@quantrx/source', `--import=${import.meta.resolve('tsx')}`],
    })
    let measured: MeasuredTable | undefined
    child.on('message', (message) => (measured = message as MeasuredTable))
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      if (measured !== undefined) resolve(measured)
      else reject(new Error(`${name}: the process on ${node} ended with ${code ?? signal} and no result`))
    })
  })
}
