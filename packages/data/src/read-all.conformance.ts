import type { Opener, Sample } from '@quantrx/core'

/** Every sample of an opener. */
export async function readAll(
  open: Opener,
  signal = new AbortController().signal,
): Promise<readonly Sample[]> {
  const all: Sample[] = []
  for await (const sample of open(signal)) all.push(sample)
  return all
}
