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
