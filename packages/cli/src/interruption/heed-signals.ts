import { endingSignals, Interruption } from './interruption.ts'
import type { EndingSignal } from './interruption.ts'

/** What of a process signals have to do with. */
export interface SignalledProcess {
  readonly pid: number
  on(signal: EndingSignal, listener: () => void): unknown
  off(signal: EndingSignal, listener: () => void): unknown
  kill(pid: number, signal: EndingSignal): unknown
}

/** A signal that is aborted by those that end a process. */
export interface HeededSignals {
  readonly signal: AbortSignal
  /** Lets the process end as if nobody listened. */
  release(): void
  /** Aborts the signal for another reason. */
  stop(reason: Error): void
  /** Ends the process at once, as the signal that has come would have done. */
  kill(): void
}

/**
 * A signal that Ctrl-C and termination abort. A second one ends the process at once, when `lastAct` is done, which must not wait
 * for anything.
 */
export function heedSignals(process: SignalledProcess, lastAct: () => void): HeededSignals {
  const abort = new AbortController()
  const listeners = endingSignals.map((name) => [name, () => hear(name)] as const)
  const release = (): void => {
    for (const [name, listener] of listeners) process.off(name, listener)
  }
  // Leaving by `process.exit` waits for reads that go on in the background, and those of pipes may never end.
  const killBy = (name: EndingSignal): void => {
    release()
    lastAct()
    process.kill(process.pid, name)
  }
  const hear = (name: EndingSignal): void => {
    if (abort.signal.aborted) killBy(name)
    else abort.abort(new Interruption(name))
  }
  for (const [name, listener] of listeners) process.on(name, listener)
  const stop = (reason: Error): void => abort.abort(reason)
  const kill = (): void => {
    const { reason } = abort.signal as { readonly reason: unknown }
    killBy(reason instanceof Interruption ? reason.by : 'SIGTERM')
  }
  return { signal: abort.signal, release, stop, kill }
}
