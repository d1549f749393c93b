import type { InputOutputType } from '../plan/plan.ts'
import type { Granularity, IntegerWeights, Treatment } from '../plan/treatment.ts'
import type { Scheme } from '../scheme.ts'
import { schemeOfRules } from '../scheme-of-rules.ts'

/** Choices of `int4`. */
export interface Int4Options {
  /** Type of the model's inputs and outputs; float32 by default. */
  readonly io?: InputOutputType
  /** int8, calibrated, by default; float32 makes the operators hybrid, and then no samples are needed. */
  readonly activations?: 'int8' | 'float32'
  /**
   * How many weights of the innermost dimension share a scale: 32, 64, 128 or 256; 0, the default, for one scale per output
   * channel. For float32 activations only, and for weights whose innermost dimension it divides; others keep one per channel.
   */
  readonly blockSize?: number
  /** Weights with fewer elements stay float32 where activations do; 1024 by default. */
  readonly minimumElements?: number
}

/**
 * Weights in int4 with one scale per output channel, two to a byte: half the size of `int8`, and less accurate, so best on
 * large layers. Operators without a kernel for int4 weights get int8 ones; activations are those of `int8` or float32.
 *
 * @example
 * calibrations.pipe(quantize(model, int4()))
 */
export function int4(options: Int4Options = {}): Scheme {
  const { io = 'float32', activations = 'int8', blockSize = 0, minimumElements = 1024 } = options
  const granularity: Granularity = blockSize === 0 ? { kind: 'channel' } : { kind: 'block', size: blockSize }
  const weights: IntegerWeights = { bits: 4, granularity }
  const treatment: Treatment =
    activations === 'int8'
      ? { kind: 'integer', activations, weights }
      : { kind: 'hybrid', weights, minimumElements }
  return schemeOfRules({
    ...{ name: 'int4', io, rules: [{ where: [], treatment }] },
    ruleOptions: {
      activations: ['int8', 'float32'],
      blockSize: [0, 32, 64, 128, 256],
      minimumElements: 'count',
    },
  })
}
