import { checkFinite } from '@quantrx/core'
import type { Opener, Sample } from '@quantrx/core'
import { Observable } from 'rxjs'

/** Choices of `samples`. */
export interface SamplesOptions {
  /** Aborting it ends the stream with the signal's reason as error, never as a success with fewer samples. */
  readonly signal?: AbortSignal
}

/**
 * The samples of a source as a stream. Every subscription opens the source anew; the next sample is pulled only when the
 * stages behind have taken the one before, so with synchronous stages one sample is in flight. Unsubscribing aborts the
 * opener's signal.
 *
 * Errors: what the opener throws, `DataError` for NaN and infinite values, and the reason of `signal`.
 *
 * @example
 * samples(fromArrays({ inputs: [Float32Array.of(1, 2)], shape: [2] })).subscribe(console.log)
 */
export function samples(open: Opener, { signal }: SamplesOptions = {}): Observable<Sample> {
  return new Observable((subscriber) => {
    const abort = new AbortController()
    const stop = (): void => {
      // First, so that the opener learns the reason; the subscriber's teardown would tell it another.
      abort.abort(signal?.reason)
      subscriber.error(signal?.reason)
    }
    if (signal?.aborted === true) {
      stop()
      return
    }
    signal?.addEventListener('abort', stop, { once: true })
    const pull = async (): Promise<void> => {
      for await (const sample of open(abort.signal)) {
        if (subscriber.closed) return
        checkFinite(sample, 'data')
        subscriber.next(sample)
        if (subscriber.closed) return
      }
    }
    pull().then(
      () => subscriber.complete(),
      (error: unknown) => {
        if (!subscriber.closed) subscriber.error(error)
      },
    )
    return () => {
      signal?.removeEventListener('abort', stop)
      abort.abort(new Error('the samples are no longer needed'))
    }
  })
}
