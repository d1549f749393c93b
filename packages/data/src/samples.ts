import type { Opener, Sample } from '@quantrx/core'
import { Observable } from 'rxjs'
import { dataError } from './data-error.ts'

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
 * Errors: what the opener throws, {@link DataError} for NaN and infinite values, and the reason of `signal`.
 *
 * @example
 * samples(fromArrays({ inputs: [Float32Array.of(1, 2)], shape: [2] })).subscribe(console.log)
 */
export function samples(open: Opener, { signal }: SamplesOptions = {}): Observable<Sample> {
  return new Observable((subscriber) => {
    const abort = new AbortController()
    const stop = (): void => {
      subscriber.error(signal?.reason)
      abort.abort(signal?.reason)
    }
    if (signal?.aborted === true) {
      stop()
      return
    }
    signal?.addEventListener('abort', stop, { once: true })
    const pull = async (): Promise<void> => {
      for await (const sample of open(abort.signal)) {
        if (subscriber.closed) return
        checkFinite(sample)
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

function checkFinite({ index, inputs }: Sample): void {
  inputs.forEach(({ type, data }, input) => {
    if (type !== 'float32' && type !== 'float64') return
    for (let at = 0; at < data.length; at++) {
      if (Number.isFinite(data[at])) continue
      const subject = `sample ${index}, input ${input}`
      throw dataError(
        subject,
        `${data[at]} at position ${at}`,
        'finite values',
        'Remove or repair the sample',
      )
    }
  })
}
