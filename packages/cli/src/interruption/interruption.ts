/** The signals that end a command in an orderly way. */
export const endingSignals = ['SIGINT', 'SIGTERM'] as const

/** One of {@link endingSignals}. */
export type EndingSignal = (typeof endingSignals)[number]

/** Why a command was stopped: the reason of an environment's aborted signal. */
export class Interruption extends Error {
  override readonly name = 'Interruption'
  readonly by: EndingSignal

  constructor(by: EndingSignal) {
    super(by === 'SIGINT' ? 'stopped by Ctrl-C' : 'stopped by SIGTERM')
    this.by = by
  }
}

/** Exit codes of what a signal has stopped: 128 and its number, as shells have it. */
export const interruptedExitCodes = {
  SIGINT: 130,
  SIGTERM: 143,
} as const satisfies Record<EndingSignal, number>

/** How long a command may take to clean up. */
const graceMilliseconds = 2000

/**
 * Waits for work, and after an abort no longer than cleaning up may take: reading from a network or a pipe may never end.
 *
 * @param onLate Called when the work has not ended in time.
 * @throws what the work throws, or the reason of the abort.
 */
export async function endedInTime(
  work: Promise<unknown>,
  signal: AbortSignal,
  onLate: () => void,
  grace = graceMilliseconds,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  let start: (() => void) | undefined
  const late = new Promise<never>((_, reject) => {
    start = () => {
      timer = setTimeout(() => {
        onLate()
        reject(signal.reason as Error)
      }, grace)
    }
    if (signal.aborted) start()
    else signal.addEventListener('abort', start, { once: true })
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
    if (start !== undefined) signal.removeEventListener('abort', start)
  }
}
