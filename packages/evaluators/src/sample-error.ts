import { StageError, isQuantrxError } from '@quantrx/core'
import type { Sample } from '@quantrx/core'

/** Says at which sample, and of whom, an evaluation failed. */
export function sampleError(sample: Sample, who: string, cause: unknown): StageError {
  return new StageError({
    stage: 'evaluate',
    subject: `sample ${sample.index}`,
    found: `a failure of ${who}: ${isQuantrxError(cause) ? cause.message : String(cause)}`,
    expected: 'a sample that can be evaluated',
    cause,
  })
}
