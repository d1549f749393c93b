import { DataError } from '@quantrx/core'

/** A {@link DataError} of this package. */
export function dataError(
  subject: string,
  found: string,
  expected: string,
  nextStep?: string,
  cause?: unknown,
): DataError {
  return new DataError({
    stage: 'data',
    subject,
    found,
    expected,
    ...(nextStep === undefined ? {} : { nextStep }),
    ...(cause === undefined ? {} : { cause }),
  })
}
