import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Message, Outcome, Share } from './messages.ts'

/** A case that went wrong: a stack, a process that had to be ended, or one that ended itself. */
export interface Finding {
  readonly share: Share
  readonly index: number
  readonly what: 'threw' | 'memory' | 'hang' | 'crash'
  readonly error: string
}

/** What is told while cases run. */
export interface Supervision {
  /** Script of the process; the fuzzer's own by default. */
  readonly script?: string
  readonly limits?: Limits
  onOutcome?(outcome: Outcome): void
}

/** When a process is ended. */
export interface Limits {
  readonly caseMs: number
  readonly startMs: number
  readonly residentBytes: number
}

const usualLimits: Limits = { caseMs: 10_000, startMs: 120_000, residentBytes: 2 * 2 ** 30 }
const worker = fileURLToPath(new URL('worker-process.ts', import.meta.url))

/**
 * Runs a share of the cases in processes of its own: one after the other, since a case that does not come back, takes too much
 * memory or brings the process down ends it, and the next begins with the case behind it.
 */
export async function supervise(share: Share, supervision: Supervision = {}): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  let next = share.from
  while (next < share.to) {
    const rest = { ...share, from: next }
    const ended = await runProcess(rest, supervision, (outcome) => {
      next = outcome.index + share.step
      if (outcome.kind !== 'verdict') {
        findings.push({ share, index: outcome.index, what: outcome.kind, error: outcome.error })
      }
      supervision.onOutcome?.(outcome)
    })
    if (next >= share.to || ended === undefined) continue
    findings.push({ share, index: next, ...ended })
    next += share.step
  }
  return findings
}

type Ended = Pick<Finding, 'what' | 'error'>

/** Runs one process to its end; tells why it ended where that was before its work was done. */
function runProcess(
  share: Share,
  { script = worker, limits = usualLimits }: Supervision,
  onOutcome: (outcome: Outcome) => void,
): Promise<Ended | undefined> {
  const child = fork(script, [JSON.stringify(share)], {
    execArgv: ['--conditions=@quantrx/source', '--import=tsx', '--max-old-space-size=1024'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  let killed: Ended | undefined
  let last = performance.now() + limits.startMs - limits.caseMs
  child.on('message', (message: Message) => {
    last = performance.now()
    if (message.kind !== 'ready') onOutcome(message)
  })
  const kill = (ended: Ended): void => {
    killed ??= ended
    child.kill('SIGKILL')
  }
  const watch = setInterval(() => {
    if (performance.now() - last > limits.caseMs)
      kill({ what: 'hang', error: `not done after ${limits.caseMs} ms` })
    const resident = residentBytes(child)
    if (resident > limits.residentBytes) {
      kill({ what: 'memory', error: `${Math.round(resident / 2 ** 20)} MiB of memory` })
    }
  }, 100)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      clearInterval(watch)
      if (killed !== undefined) resolve(killed)
      else
        resolve(
          code === 0 ? undefined : { what: 'crash', error: `ended by ${signal ?? `exit code ${code}`}` },
        )
    })
  })
}

/** Memory that a process has; 0 where the system does not tell. */
function residentBytes({ pid }: ChildProcess): number {
  if (process.platform !== 'linux' || pid === undefined) return 0
  try {
    const [, pages] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')
    return Number(pages) * 4096
  } catch {
    return 0
  }
}
