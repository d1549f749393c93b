import type { Environment } from '../environment.ts'
import type { Surface } from '../terminal/surface.ts'

/** Tells how far a command has come. */
export interface Progress {
  /** Says how much is done, and of how much, where that has become known. */
  update(done: number, total?: number): void
  /** Removes the progress line. */
  finish(): void
}

/** What a progress line needs of an environment. */
export type ProgressEnvironment = Pick<Environment, 'stderr' | 'interactive'> & {
  readonly messages?: Surface
}

const drawEveryMilliseconds = 100
const clearLine = '\r\x1b[K'

/**
 * A progress line on stderr when that is a terminal, with rate and time left, drawn ten times a second at most; silent
 * otherwise.
 *
 * @param total How much there is to do, where that is known.
 */
export function progress(
  { stderr, interactive, messages }: ProgressEnvironment,
  what: string,
  unit = 'samples',
  total?: number,
): Progress {
  if (!interactive) return { update: () => undefined, finish: () => undefined }
  const columns = messages?.columns ?? Infinity
  // What comes before the first is not of the kind that follows: opening, compiling.
  let first: { readonly at: number; readonly done: number } | undefined
  let drawnAt = -Infinity
  let visible = false
  return {
    update(done, known = total) {
      const now = performance.now()
      first ??= { at: now, done }
      if (now - drawnAt < drawEveryMilliseconds) return
      drawnAt = now
      visible = true
      const rate = (done - first.done) / ((now - first.at) / 1000)
      const text = progressText({ what, unit, done, total: known, rate })
      stderr(`${clearLine}${text.slice(0, columns - 1)}`)
    },
    finish() {
      if (visible) stderr(clearLine)
      visible = false
    },
  }
}

/** How far something has come. */
export interface ProgressState {
  readonly what: string
  readonly unit: string
  readonly done: number
  readonly total: number | undefined
  /** Units a second; not a number as long as nothing can be said. */
  readonly rate: number
}

/** One line of progress, such as `calibrating: 120 of 200 samples, 45.2/s, 2 s left`. */
export function progressText({ what, unit, done, total, rate }: ProgressState): string {
  const known = Number.isFinite(rate) && rate > 0
  const count = total === undefined ? `${done} ${unit}` : `${done} of ${total} ${unit}`
  const left = known && total !== undefined ? [`${duration((total - done) / rate)} left`] : []
  return [`${what}: ${count}`, ...(known ? [`${rate.toPrecision(3)}/s`] : []), ...left].join(', ')
}

/** Seconds as people say them: `8 s`, `2 min 5 s`, `3 h 10 min`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return `${minutes} min ${whole % 60} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
