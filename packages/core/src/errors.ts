/** The part of quantrx in which an error arose. */
export type Stage =
  'model' | 'data' | 'kernels' | 'runtime' | 'infer' | 'observe' | 'quantize' | 'evaluate' | 'command'

/** The parts of a message: who, what was found, what was expected, what to do next. */
export interface ErrorDetails {
  readonly stage: Stage
  /** What the error is about: a path, a tensor, a file, a sample. */
  readonly subject: string
  readonly found: string
  readonly expected: string
  /** What the reader can do about it, as an imperative sentence. */
  readonly nextStep?: string
  readonly cause?: unknown
}

const brand = '~quantrx/error'

/**
 * Base of every error that quantrx raises on purpose. Its message reads
 * `[stage] "subject": got X, expected Y. Next step.`; the parts are properties too.
 *
 * Recognize one with {@link isQuantrxError}, which works across installed copies of this package, and tell the kinds
 * apart by `name`.
 */
export class QuantrxError extends Error implements ErrorDetails {
  override readonly name: string = 'QuantrxError'
  readonly [brand] = true
  readonly stage: Stage
  readonly subject: string
  readonly found: string
  readonly expected: string
  readonly nextStep?: string

  constructor(details: ErrorDetails) {
    const { stage, subject, found, expected, nextStep, cause } = details
    const advice = nextStep === undefined ? '' : `. ${nextStep}`
    super(`[${stage}] "${subject}": got ${found}, expected ${expected}${advice}`, { cause })
    this.stage = stage
    this.subject = subject
    this.found = found
    this.expected = expected
    if (nextStep !== undefined) this.nextStep = nextStep
  }
}

/** Bytes that are no valid .tflite model; `subject` is the path to the fault, such as `subgraphs[0].operators[3].inputs`. */
export class ModelFormatError extends QuantrxError {
  override readonly name = 'ModelFormatError'
}

/** Samples, labels or data files that cannot be used as they are. */
export class DataError extends QuantrxError {
  override readonly name = 'DataError'
}

/** A tensor whose shape or type does not fit where it is given. */
export class ShapeError extends QuantrxError {
  override readonly name = 'ShapeError'
}

/** An operator, data type or combination that is not supported yet; names it and what is. */
export class UnsupportedError extends QuantrxError {
  override readonly name = 'UnsupportedError'
}

/** A failure inside a stage, telling the strategy, tensor and sample at which it happened; the reason is in `cause`. */
export class StageError extends QuantrxError {
  override readonly name = 'StageError'
}

/** Options or arguments that make no sense together. */
export class UsageError extends QuantrxError {
  override readonly name = 'UsageError'
}

/** True for errors raised by any installed copy of quantrx. */
export function isQuantrxError(error: unknown): error is QuantrxError {
  return typeof error === 'object' && error !== null && brand in error
}
