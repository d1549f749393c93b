import type { InputOutputType } from '../plan/plan.ts'
import { int8PerChannel } from '../plan/treatment.ts'
import type { Scheme } from '../scheme.ts'
import { schemeOfRules } from '../scheme-of-rules.ts'

/** Choices of `int16x8`. */
export interface Int16x8Options {
  /** Type of the model's inputs and outputs; float32 by default. */
  readonly io?: InputOutputType
}

/**
 * Activations in int16, symmetric around zero point 0, weights in int8 with one scale per output channel, biases in int64:
 * nearly the accuracy of float at the size of int8, slower than int8 in most runtimes. Operators without an int16 kernel
 * stay float. What is lost is nearly all lost in the weights, so they are rounded such that errors cancel, which takes no
 * samples. Follows TensorFlow Lite's 16x8 mode (spec sections 3.3 and 5).
 *
 * @example
 * calibrations.pipe(quantize(model, int16x8()))
 */
export function int16x8({ io = 'float32' }: Int16x8Options = {}): Scheme {
  const weights = { ...int8PerChannel, rounding: 'balanced' } as const
  const treatment = { kind: 'integer', activations: 'int16', weights } as const
  return schemeOfRules({ name: 'int16x8', io, rules: [{ where: [], treatment }] })
}
