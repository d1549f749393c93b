import type { Sample } from '@quantrx/core'
import type { JobResults } from './jobs.ts'
import type { WorkerClient } from './worker-client.ts'

/** A sample and what a worker made of it. */
export interface Distributed<Kind extends keyof JobResults> {
  readonly sample: Sample
  readonly result: JobResults[Kind]['sample']
}

/** Enough that a worker has the next sample when it is done with one; more would only cost memory. */
const samplesPerWorker = 2

/**
 * Lets workers take samples in turn, and gives the results in the order of the samples, whatever the order in which they
 * come. Memory does not grow with the number of samples.
 */
export async function* distribute<Kind extends keyof JobResults>(
  workers: readonly Pick<WorkerClient<Kind>, 'take'>[],
  samples: AsyncIterable<Sample>,
): AsyncGenerator<Distributed<Kind>> {
  const started: { readonly sample: Sample; readonly result: Promise<JobResults[Kind]['sample']> }[] = []
  const oldest = async (): Promise<Distributed<Kind>> => {
    const { sample, result } = started.shift()!
    return { sample, result: await result }
  }
  let count = 0
  for await (const sample of samples) {
    const result = workers[count++ % workers.length]!.take(sample)
    // The failure is told when its turn comes.
    result.catch(() => undefined)
    started.push({ sample, result })
    if (started.length >= samplesPerWorker * workers.length) yield await oldest()
  }
  while (started.length > 0) yield await oldest()
}
