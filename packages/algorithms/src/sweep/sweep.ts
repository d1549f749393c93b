import type { Model } from '@quantrx/tflite'
import type { Observable } from 'rxjs'
import { generated } from '../graph/abortable.ts'
import { sweepModel } from './sweep-model.ts'
import type { SweepPlan, SweptCandidate } from './sweep-model.ts'

/**
 * The candidates of {@link sweepModel} as a stream. Unsubscribing ends the sweep.
 *
 * Errors: what {@link sweepModel} throws.
 *
 * @example
 * sweep(model, { open, test, observers: { minmax: minMax(), mse: mse() }, schemes: { int8: int8() } }).pipe(toArray())
 */
export function sweep(model: Model, plan: Omit<SweepPlan, 'signal'>): Observable<SweptCandidate> {
  return generated((signal) => sweepModel(model, { ...plan, signal }))
}
