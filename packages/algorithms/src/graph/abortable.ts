import { Observable } from 'rxjs'

/** A stream of the one result of asynchronous work, which is aborted when nobody listens any more. */
export function abortable<Result>(work: (signal: AbortSignal) => Promise<Result>): Observable<Result> {
  return new Observable((subscriber) => {
    const abort = new AbortController()
    work(abort.signal).then(
      (result) => {
        subscriber.next(result)
        subscriber.complete()
      },
      (error: unknown) => {
        if (!subscriber.closed) subscriber.error(error)
      },
    )
    return () => abort.abort(new Error('the stream was unsubscribed'))
  })
}

/** A stream of what asynchronous work gives bit by bit; it is aborted, and its generator closed, when nobody listens any more. */
export function generated<Result>(work: (signal: AbortSignal) => AsyncGenerator<Result>): Observable<Result> {
  return new Observable((subscriber) => {
    const abort = new AbortController()
    const forward = async (): Promise<void> => {
      for await (const result of work(abort.signal)) {
        if (subscriber.closed) return
        subscriber.next(result)
        if (subscriber.closed) return
      }
      subscriber.complete()
    }
    forward().catch((error: unknown) => {
      if (!subscriber.closed) subscriber.error(error)
    })
    return () => abort.abort(new Error('the stream was unsubscribed'))
  })
}
