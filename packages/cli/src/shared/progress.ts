import type { Environment } from '../environment.ts'

/** Tells how far a command has come. */
export interface Progress {
  update(done: number): void
  /** Removes the progress line. */
  finish(): void
}

const drawEveryMilliseconds = 100

/** A progress line on stderr when that is a terminal; silent otherwise. */
export function progress({ stderr, interactive }: Environment, what: string, unit = 'samples'): Progress {
  if (!interactive) return { update: () => undefined, finish: () => undefined }
  const started = performance.now()
  let drawn = -Infinity
  return {
    update(done) {
      const now = performance.now()
      if (now - drawn < drawEveryMilliseconds) return
      drawn = now
      const rate = done / Math.max((now - started) / 1000, 0.001)
      stderr(`\r\x1b[K${what}: ${done} ${unit}, ${rate.toFixed(1)}/s`)
    },
    finish: () => stderr('\r\x1b[K'),
  }
}
