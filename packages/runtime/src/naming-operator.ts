import { isQuantrxError } from '@quantrx/core'
import type { ErrorDetails } from '@quantrx/core'

/** Where an operator stands, and its kind. */
export interface NamedOperator {
  /** Such as `operators[3]`, and `subgraphs[1].operators[3]` outside of the main subgraph. */
  readonly path: string
  readonly kind: string
}

const advice = 'Change the operator where the model is exported, or split the model before it'

/**
 * Works on an operator such that what goes wrong names it, and what to do: kernels know neither where in a model they are used.
 *
 * @throws what `work` throws, of the same class; with the operator as subject where another is named.
 *
 * @example
 * namingOperator({ path: 'operators[3]', kind: 'CONV_2D' }, () => implementation.prepare(context))
 */
export function namingOperator<Result>({ path, kind }: NamedOperator, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (!isQuantrxError(error) || error.subject.includes('operators[')) throw error
    const { stage, found, expected, nextStep = advice, cause } = error
    const subject = error.subject.startsWith(kind)
      ? `${path} ${error.subject}`
      : `${path} ${kind}, ${error.subject}`
    const Class = error.constructor as new (details: ErrorDetails) => Error
    throw new Class({ stage, subject, found, expected, nextStep, cause })
  }
}
