import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Environment } from '../environment.ts'
import type { SampleJob } from './jobs.ts'
import { workerClient } from './worker-client.ts'
import type { WorkerClient, WorkerThread } from './worker-client.ts'

/** Where threads that serve jobs come from. */
export interface WorkerSource {
  /** How many of them run at the same time. */
  readonly cores: number
  /** Starts one; undefined where there are none. */
  start(): WorkerThread | undefined
}

/** Node's threads. A thread cannot load this package's sources without the tools that compile them, so those have none. */
export const nodeWorkers: WorkerSource = {
  cores: availableParallelism(),
  start() {
    const entry = new URL('./sample-worker.js', import.meta.url)
    return existsSync(fileURLToPath(entry)) ? new Worker(entry) : undefined
  },
}

/**
 * Starts workers for a job, as many as there are threads asked for and cores; they are stopped when `work` is done.
 *
 * @returns what `work` returns, or what `alone` returns where one thread does it all.
 */
export async function withWorkers<Job extends SampleJob, Result>(
  { workers: source, stderr }: Pick<Environment, 'workers' | 'stderr'>,
  { threads, job }: { readonly threads: number; readonly job: Job },
  work: (workers: readonly WorkerClient<Job['kind']>[]) => Promise<Result>,
  alone: () => Promise<Result>,
): Promise<Result> {
  const count = Math.min(threads, source.cores)
  if (count === 1) return alone()
  const started = Array.from({ length: count }, () => source.start()).filter((thread) => thread !== undefined)
  if (started.length < count) {
    stderr('quantrx: threads need the built package; working on one\n')
    return alone()
  }
  const workers = started.map((thread) => workerClient(thread, job))
  try {
    return await work(workers)
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()))
  }
}
