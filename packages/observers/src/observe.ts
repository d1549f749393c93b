import type { Activation, ProgressListener } from '@quantrx/core'
import { Observable, defer } from 'rxjs'
import type { OperatorFunction } from 'rxjs'
import { collect, finishCollection, startCollection } from './collection.ts'
import type { CalibrationOf, Observers } from './collection.ts'

/** Choices of `observe`. */
export interface ObserveOptions {
  /** Told after each sample. */
  readonly onProgress?: ProgressListener
}

/**
 * Shows every activation to all observers in one pass over the source, whatever their number, and emits one calibration
 * for each strategy when the source completes. Memory does not grow with the number of samples.
 *
 * Errors: `StageError` naming strategy, tensor and sample when an observer fails, and when there were no samples.
 *
 * @example
 * samples(open).pipe(infer(model), observe({ minmax: minMax(), p9999: percentile(99.99) }))
 */
export function observe<const Strategies extends Observers>(
  observers: Strategies,
  { onProgress }: ObserveOptions = {},
): OperatorFunction<Activation, CalibrationOf<Strategies>> {
  return (source) =>
    defer(() => {
      const collection = startCollection()
      return new Observable<CalibrationOf<Strategies>>((subscriber) =>
        source.subscribe({
          next(activation) {
            const before = collection.samples
            try {
              collect(observers, collection, activation)
            } catch (error) {
              subscriber.error(error)
              return
            }
            const done = collection.samples
            if (done !== before) onProgress?.({ stage: 'observe', kind: 'sample', done })
          },
          error: (error) => subscriber.error(error),
          complete() {
            try {
              for (const calibration of finishCollection(observers, collection)) subscriber.next(calibration)
              subscriber.complete()
            } catch (error) {
              subscriber.error(error)
            }
          },
        }),
      )
    })
}
