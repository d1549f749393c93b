import type { Opener } from '@quantrx/core'
import type { Candidate } from '@quantrx/schemes'
import { concatMap } from 'rxjs'
import type { Observable } from 'rxjs'
import { abortable } from '../graph/abortable.ts'
import { gptqCandidate } from './gptq-candidate.ts'
import type { GptqOptions } from './gptq-candidate.ts'

/**
 * Rounds the weights of every candidate again so that its layers come closer to the float ones; see {@link gptqCandidate}.
 * The data is opened anew for each candidate; unsubscribing aborts it.
 *
 * Errors: what {@link gptqCandidate} throws.
 *
 * @example
 * calibrations.pipe(quantize(model, int8()), gptq(npyFile('calibration.npy')))
 */
export function gptq(open: Opener, options: Omit<GptqOptions, 'signal'> = {}) {
  return <Strategy extends string>(
    source: Observable<Candidate<Strategy>>,
  ): Observable<Candidate<Strategy>> =>
    source.pipe(
      concatMap((candidate) => abortable((signal) => gptqCandidate(candidate, open, { ...options, signal }))),
    )
}
