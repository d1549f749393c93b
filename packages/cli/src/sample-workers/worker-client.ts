import type { Sample, Tensor } from '@quantrx/core'
import type { JobResults, SampleJob } from './jobs.ts'
import { receiveError } from './sent-error.ts'
import type { Answer, Request } from './serve.ts'

/** A thread that serves a job: the part of Node's `Worker` that is used. */
export interface WorkerThread {
  on(event: 'message', listener: (answer: Answer) => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
  on(event: 'exit', listener: (code: number) => void): unknown
  postMessage(request: Request, transfer: readonly ArrayBuffer[]): void
  terminate(): Promise<number>
}

/** A worker that does a job, as the main thread sees it. */
export interface WorkerClient<Kind extends keyof JobResults> {
  /** Rejects with what the stages threw, or when the worker is gone. */
  take(sample: Sample): Promise<JobResults[Kind]['sample']>
  end(): Promise<JobResults[Kind]['end']>
  stop(): Promise<unknown>
}

interface Waiting {
  resolve(value: unknown): void
  reject(error: Error): void
}

/** Gives a worker its job. What goes wrong with that is told when the first sample is taken. */
export function workerClient<Job extends SampleJob>(
  thread: WorkerThread,
  job: Job,
): WorkerClient<Job['kind']> {
  const waiting: Waiting[] = []
  let gone: Error | undefined
  const ask = (request: Request): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (gone !== undefined) {
        reject(gone)
        return
      }
      waiting.push({ resolve, reject })
      thread.postMessage(request, buffersOf(request))
    })
  const lose = (error: Error): void => {
    gone ??= error
    for (const each of waiting.splice(0)) each.reject(gone)
  }
  thread.on('message', (answer: Answer) => {
    const first = waiting.shift()
    if (answer.kind === 'done') first?.resolve(answer.value)
    else first?.reject(receiveError(answer.error))
  })
  thread.on('error', lose)
  thread.on('exit', (code) => lose(new Error(`a worker ended with exit code ${code}`)))
  ask({ kind: 'start', job }).catch(() => undefined)
  return {
    take: (sample) =>
      ask({ kind: 'sample', sample: copyOf(sample) }) as Promise<JobResults[Job['kind']]['sample']>,
    end: () => ask({ kind: 'end' }) as Promise<JobResults[Job['kind']]['end']>,
    stop: () => thread.terminate(),
  }
}

/** A copy of a sample, which can be handed over: what it is a view on may be large, and belongs to who opened it. */
function copyOf(sample: Sample): Sample {
  const inputs = sample.inputs.map((tensor) => ({ ...tensor, data: tensor.data.slice() }) as Tensor)
  return { ...sample, inputs }
}

/** What a worker may have for good. */
function buffersOf(request: Request): readonly ArrayBuffer[] {
  return request.kind === 'sample' ? request.sample.inputs.map(({ data }) => data.buffer as ArrayBuffer) : []
}
