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

/** What workers are started from. */
type WorkerEnvironment = Pick<Environment, 'workers' | 'stderr' | 'signal'>

/** How many threads do what. */
interface ThreadedJob<Job extends SampleJob> {
  readonly threads: number
  readonly job: Job
}

/** Starts workers for a job, as many as there are threads asked for and cores; undefined where one thread does it all. */
export function startWorkers<Job extends SampleJob>(
  { workers: source, stderr, signal }: WorkerEnvironment,
  { threads, job }: ThreadedJob<Job>,
): readonly WorkerClient<Job['kind']>[] | undefined {
  const count = Math.min(threads, source.cores)
  if (count === 1) return undefined
  const started = Array.from({ length: count }, () => source.start()).filter((thread) => thread !== undefined)
  if (started.length === count) {
    // Whoever waits for a worker that still compiles would not hear of an abort.
    signal.addEventListener('abort', () => started.forEach((thread) => void thread.terminate()), {
      once: true,
    })
    return started.map((thread) => workerClient(thread, job))
  }
  stderr('quantrx: threads need the built package; working on one\n')
  return undefined
}

/**
 * Lets workers do a job; they are stopped when `work` is done.
 *
 * @returns what `work` returns, or what `alone` returns where one thread does it all.
 */
export async function withWorkers<Job extends SampleJob, Result>(
  environment: WorkerEnvironment,
  threaded: ThreadedJob<Job>,
  work: (workers: readonly WorkerClient<Job['kind']>[]) => Promise<Result>,
  alone: () => Promise<Result>,
): Promise<Result> {
  const workers = startWorkers(environment, threaded)
  if (workers === undefined) return alone()
  try {
    return await work(workers)
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()))
  }
}
