import { DataError, checkFinite } from '@quantrx/core'
import type { Opener, Sample, Stage, Tensor } from '@quantrx/core'

/** Which samples are wanted. */
export interface SampleChoice {
  /** Most samples to keep, at least 1. */
  readonly limit: number
  readonly stage: Stage
  readonly signal?: AbortSignal
}

/** The samples chosen so far, of those that have come so far. */
export interface EvenChoice {
  readonly limit: number
  stride: number
  /** How many samples have come. */
  seen: number
  kept: readonly Sample[]
}

/** A choice of nothing yet. */
export function startChoice(limit: number): EvenChoice {
  return { limit, stride: 1, seen: 0, kept: [] }
}

/** Whether the next sample is to be looked at; every sample that comes has to be asked for. */
function isNextWanted(choice: EvenChoice): boolean {
  return choice.seen++ % choice.stride === 0
}

/** Takes the next sample into a choice, where it belongs there; keeps a copy. */
export function considerSample(choice: EvenChoice, sample: Sample): void {
  if (isNextWanted(choice)) keep(choice, sample)
}

function keep(choice: EvenChoice, sample: Sample): void {
  if (choice.kept.length === choice.limit) {
    choice.kept = choice.kept.filter((_, at) => at % 2 === 0)
    choice.stride *= 2
    if ((choice.seen - 1) % choice.stride !== 0) return
  }
  choice.kept = [...choice.kept, copyOf(sample)]
}

/**
 * An even choice of the samples of a source, read once: every one, every second, every fourth and so on, whichever gives at most
 * `limit` of them. Memory is bounded by the choice; the samples are copies.
 *
 * @throws DataError when there are no samples, or one that is looked at holds NaN.
 *
 * @example
 * const chosen = await chooseSamples(open, { limit: 128, stage: 'quantize' })
 */
export async function chooseSamples(
  open: Opener,
  { limit, stage, signal }: SampleChoice,
): Promise<readonly Sample[]> {
  const abort = new AbortController()
  const signals = signal === undefined ? abort.signal : AbortSignal.any([signal, abort.signal])
  const choice = startChoice(limit)
  try {
    for await (const sample of open(signals)) {
      signal?.throwIfAborted()
      if (!isNextWanted(choice)) continue
      checkFinite(sample, stage)
      keep(choice, sample)
    }
  } finally {
    abort.abort()
  }
  signal?.throwIfAborted()
  if (choice.kept.length > 0) return choice.kept
  throw new DataError({
    stage,
    subject: 'samples',
    found: 'no samples',
    expected: 'at least one',
    nextStep: 'Check the data source and the selected rows',
  })
}

/** A sample with memory of its own. */
export const copyOf = (sample: Sample): Sample => ({
  ...sample,
  inputs: sample.inputs.map((tensor) => ({ ...tensor, data: tensor.data.slice() }) as Tensor),
})
