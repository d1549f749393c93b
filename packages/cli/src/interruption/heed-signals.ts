import { endingSignals, Interruption, interruptedExitCodes } from './interruption.ts'
import type { EndingSignal } from './interruption.ts'

/** What of a process signals have to do with. */
export interface SignalledProcess {
  on(signal: EndingSignal, listener: () => void): unknown
  off(signal: EndingSignal, listener: () => void): unknown
  exit(code: number): void
}

/** A signal that is aborted by those that end a process. */
export interface HeededSignals {
  readonly signal: AbortSignal
  /** Lets the process end as if nobody listened. */
  release(): void
}

/**
 * A signal that Ctrl-C and termination abort. A second one ends the process at once, when `lastAct` is done, which must not wait
 * for anything.
 */
export function heedSignals(process: SignalledProcess, lastAct: () => void): HeededSignals {
  const abort = new AbortController()
  const listeners = endingSignals.map((name) => {
    const listener = (): void => {
      if (!abort.signal.aborted) {
        abort.abort(new Interruption(name))
        return
      }
      lastAct()
      process.exit(interruptedExitCodes[name])
    }
    process.on(name, listener)
    return () => void process.off(name, listener)
  })
  return { signal: abort.signal, release: () => listeners.forEach((stop) => stop()) }
}
