import { isQuantrxError } from '@quantrx/core'
import type { Failure } from './messages.ts'

/** The parts of an error, of the innermost one that quantrx raised on purpose: it knows best what was wrong. */
export function failureOf(error: unknown): Failure {
  const known = innermost(error)
  if (known === undefined) {
    const found = error instanceof Error ? error.message : String(error)
    return { subject: 'quantrx', found, expected: 'no such error', nextStep: 'Please report it as a bug' }
  }
  const { subject, found, expected, nextStep } = known
  return { subject, found, expected, ...(nextStep === undefined ? {} : { nextStep }) }
}

function innermost(error: unknown) {
  let known = undefined
  for (let each = error; isQuantrxError(each); each = each.cause) known = each
  return known
}
