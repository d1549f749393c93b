import { median, quantile } from './statistics.ts'

/** Something whose time is measured. */
export interface Contestant {
  /** Does the work once. */
  run(): void | Promise<void>
  /** Told when the warm-up is over, by which whoever looks into the runs forgets what it has seen. */
  warmed?(): void
}

/** How long is measured. */
export interface Pace {
  readonly rounds: number
  /** Milliseconds that a contestant has in a round. */
  readonly sliceMs: number
}

/** What was measured of a contestant, in milliseconds a run. */
export interface Timing {
  /** Median of the rounds' medians. */
  readonly medianMs: number
  /** A tenth of all runs took at most this long: how fast it is when nothing else disturbs. */
  readonly p10Ms: number
  /** The median of each round. */
  readonly roundsMs: readonly number[]
  readonly runs: number
}

/** Slices of a contestant before time counts: engines compile a second time, and better, what runs often. */
const warmUpSlices = 4

/** Runs a contestant until its code is the code that will be measured. */
export async function warmUp(contestant: Contestant, { sliceMs }: Pace): Promise<void> {
  await slice(contestant, warmUpSlices * sliceMs)
  contestant.warmed?.()
}

/**
 * Measures contestants against each other: after a warm-up each gets a slice of every round, so that what disturbs the machine
 * for a while disturbs them all.
 */
export async function race<Name extends string>(
  contestants: Readonly<Record<Name, Contestant>>,
  pace: Pace,
): Promise<Readonly<Record<Name, Timing>>> {
  const entries = Object.entries<Contestant>(contestants)
  for (const [, contestant] of entries) await warmUp(contestant, pace)
  const rounds = entries.map((): (readonly number[])[] => [])
  for (let round = 0; round < pace.rounds; round++) {
    for (const [at, [, contestant]] of entries.entries()) {
      rounds[at]!.push(await slice(contestant, pace.sliceMs))
    }
  }
  return Object.fromEntries(entries.map(([name], at) => [name, timing(rounds[at]!)])) as Record<Name, Timing>
}

/** How many times as long the first took as the second: the median over the rounds. */
export function ratio(first: Timing, second: Timing): number {
  return median(first.roundsMs.map((time, round) => time / second.roundsMs[round]!))
}

/** What the times of the runs of each round come to. */
export function timing(rounds: readonly (readonly number[])[]): Timing {
  const roundsMs = rounds.map(median)
  const all = rounds.flat()
  return { medianMs: median(roundsMs), p10Ms: quantile(all, 0.1), roundsMs, runs: all.length }
}

async function slice({ run }: Contestant, milliseconds: number): Promise<readonly number[]> {
  const times: number[] = []
  const end = performance.now() + milliseconds
  do {
    const started = performance.now()
    const running = run()
    // Waiting costs time that only those who make one wait are charged for.
    if (running !== undefined) await running
    times.push(performance.now() - started)
  } while (performance.now() < end)
  return times
}
