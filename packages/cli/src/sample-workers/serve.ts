import type { Sample } from '@quantrx/core'
import type { MessagePort } from 'node:worker_threads'
import { startJob } from './jobs.ts'
import type { RunningJob, SampleJob } from './jobs.ts'
import { sendError } from './sent-error.ts'
import type { SentError } from './sent-error.ts'

/** What a worker is asked, in this order: a job, samples, the end. */
export type Request =
  | { readonly kind: 'start'; readonly job: SampleJob }
  | { readonly kind: 'sample'; readonly sample: Sample }
  | { readonly kind: 'end' }

/** What a worker answers to each request, in the order of the requests. */
export type Answer =
  { readonly kind: 'done'; readonly value: unknown } | { readonly kind: 'failed'; readonly error: SentError }

/** Answers the requests that arrive at a port, one after the other. */
export function serve(port: Pick<MessagePort, 'on' | 'postMessage'>): void {
  let job: Promise<RunningJob> | undefined
  let before: Promise<void> = Promise.resolve()
  const answer = async (request: Request): Promise<unknown> => {
    if (request.kind === 'start') job = startJob(request.job)
    const running = await job!
    if (request.kind === 'sample') return running.take(request.sample)
    return request.kind === 'end' ? running.end() : undefined
  }
  port.on('message', (request: Request) => {
    before = before
      .then(() => answer(request))
      .then(
        (value) => port.postMessage({ kind: 'done', value } satisfies Answer),
        (error: unknown) => port.postMessage({ kind: 'failed', error: sendError(error) } satisfies Answer),
      )
  })
}
