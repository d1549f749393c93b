import type { Model } from '@quantrx/tflite'
import type { Observable } from 'rxjs'
import { generated } from '../graph/abortable.ts'
import { tuneModel } from './tune-model.ts'
import type { TunedCandidate, TunePlan } from './tune-model.ts'

/**
 * The candidates of {@link tuneModel} as a stream. Unsubscribing ends the search.
 *
 * Errors: what {@link tuneModel} throws.
 *
 * @example
 * tune(model, plan).pipe(takeWhile(({ met }) => !met, true))
 */
export function tune(model: Model, plan: Omit<TunePlan, 'signal'>): Observable<TunedCandidate> {
  return generated((signal) => tuneModel(model, { ...plan, signal }))
}
