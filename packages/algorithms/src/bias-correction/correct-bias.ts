import type { Opener } from '@quantrx/core'
import type { Candidate } from '@quantrx/schemes'
import { concatMap } from 'rxjs'
import type { Observable } from 'rxjs'
import { abortable } from '../graph/abortable.ts'
import { correctBiases } from './correct-biases.ts'
import type { BiasCorrectionOptions } from './correct-biases.ts'

/**
 * Corrects the biases of every candidate so that each channel is on average what it is in the float model; see
 * {@link correctBiases}. The data is opened anew for each candidate; unsubscribing aborts it.
 *
 * Errors: what {@link correctBiases} throws.
 *
 * @example
 * calibrations.pipe(quantize(model, int8()), correctBias(npyFile('calibration.npy')))
 */
export function correctBias(open: Opener, options: Omit<BiasCorrectionOptions, 'signal'> = {}) {
  return <Strategy extends string>(
    source: Observable<Candidate<Strategy>>,
  ): Observable<Candidate<Strategy>> =>
    source.pipe(
      concatMap((candidate) => abortable((signal) => correctBiases(candidate, open, { ...options, signal }))),
    )
}
