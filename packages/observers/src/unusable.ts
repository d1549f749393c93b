import { DataError } from '@quantrx/core'

/** The error of an observer for values without a place on the number line. */
export function notFinite(observer: string, value: number | undefined, at: number): DataError {
  return new DataError({
    stage: 'observe',
    subject: observer,
    found: `${value} at position ${at}`,
    expected: 'finite values',
    nextStep: 'Check the samples and the model for NaN, infinity and overflow',
  })
}

/** The error of an observer that is asked for a range before it has seen a value. */
export function nothingSeen(observer: string): DataError {
  return new DataError({
    stage: 'observe',
    subject: observer,
    found: 'no values',
    expected: 'at least one',
    nextStep: 'Check that the data source is not empty',
  })
}
