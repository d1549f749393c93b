import type { InputOutputType } from '../plan/plan.ts'
import type { Scheme } from '../scheme.ts'
import { schemeOfRules } from '../scheme-of-rules.ts'

/** Choices of `int8PerTensor`. */
export interface Int8PerTensorOptions {
  /** Type of the model's inputs and outputs; float32 by default. */
  readonly io?: InputOutputType
}

/**
 * Like `int8`, with one scale for each weight tensor as a whole: a little smaller, for runtimes without per-channel
 * kernels, and less accurate, much less where the channels of a layer differ in size.
 */
export function int8PerTensor({ io = 'float32' }: Int8PerTensorOptions = {}): Scheme {
  const weights = { bits: 8, granularity: { kind: 'tensor' } } as const
  const treatment = { kind: 'integer', activations: 'int8', weights } as const
  return schemeOfRules({ name: 'int8-per-tensor', io, rules: [{ where: [], treatment }] })
}
