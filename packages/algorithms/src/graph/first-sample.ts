import type { Opener, Sample } from '@quantrx/core'
import { copyOf } from './chosen-samples.ts'

/** A copy of the first sample of a source, of which no more is read; undefined where there is none. */
export async function firstSample(open: Opener, signal?: AbortSignal): Promise<Sample | undefined> {
  const abort = new AbortController()
  try {
    const signals = signal === undefined ? abort.signal : AbortSignal.any([signal, abort.signal])
    for await (const sample of open(signals)) return copyOf(sample)
    return undefined
  } finally {
    abort.abort()
  }
}
