import { QuantrxError, isQuantrxError } from '@quantrx/core'
import type { ErrorDetails } from '@quantrx/core'

/** An error as a message between threads: what is sent of an error itself lacks its parts. */
export interface SentError {
  readonly name: string
  readonly text: string
  /** The parts of an error that quantrx raised on purpose. */
  readonly details?: ErrorDetails
}

/** Makes a message of an error. */
export function sendError(error: unknown): SentError {
  if (!isQuantrxError(error)) {
    return error instanceof Error
      ? { name: error.name, text: error.stack ?? error.message }
      : { name: 'Error', text: String(error) }
  }
  const { name, message, stage, subject, found, expected, nextStep } = error
  const advice = nextStep === undefined ? {} : { nextStep }
  return { name, text: message, details: { stage, subject, found, expected, ...advice } }
}

/** The error that a message was made of: of the same name, parts and text. */
export function receiveError({ name, text, details }: SentError): Error {
  const error = details === undefined ? new Error(text) : new QuantrxError(details)
  return Object.defineProperty(error, 'name', { value: name })
}
