import type { Sample } from '@quantrx/core'
import { openDataFile } from '@quantrx/data/node'
import { fixturePath } from '@quantrx/testing'
import type { Network } from './networks.ts'

/** The first samples of a network's calibration data, prepared as its float model wants them. */
export async function calibrationSamples(
  { samples, preparation }: Network,
  count: number,
): Promise<readonly Sample[]> {
  const rows = { start: 0, end: count }
  const open = await openDataFile(fixturePath('data', samples), { ...preparation, rows })
  const all: Sample[] = []
  for await (const sample of open(new AbortController().signal)) all.push(sample)
  return all
}
