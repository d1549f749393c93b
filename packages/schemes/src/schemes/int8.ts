import type { InputOutputType } from '../plan/plan.ts'
import { int8PerChannel } from '../plan/treatment.ts'
import type { Treatment } from '../plan/treatment.ts'
import type { Scheme } from '../scheme.ts'
import { schemeOfRules } from '../scheme-of-rules.ts'

/** Choices of `int8`. */
export interface Int8Options {
  /** Type of the model's inputs and outputs; float32 by default, so that the integer model replaces the float one. */
  readonly io?: InputOutputType
  /**
   * One scale per output channel for the weights of FULLY_CONNECTED; true by default. Runtimes before TensorFlow Lite 2.16
   * know only one scale for the whole tensor.
   */
  readonly perChannelFullyConnected?: boolean
}

/**
 * Weights and activations in int8: weights symmetric with one scale per output channel, activations asymmetric with one
 * scale a tensor, biases in int32. Follows TensorFlow Lite's 8-bit specification.
 *
 * @example
 * calibrations.pipe(quantize(model, int8({ io: 'int8' })))
 */
export function int8({ io = 'float32', perChannelFullyConnected = true }: Int8Options = {}): Scheme {
  const treatment: Treatment = { kind: 'integer', activations: 'int8', weights: int8PerChannel }
  const perTensor: Treatment = { ...treatment, weights: { bits: 8, granularity: { kind: 'tensor' } } }
  const exception = { where: [{ operators: ['FULLY_CONNECTED'] }], treatment: perTensor }
  return schemeOfRules({
    name: 'int8',
    io,
    rules: [{ where: [], treatment }, ...(perChannelFullyConnected ? [] : [exception])],
    ruleOptions: { perChannelFullyConnected: 'boolean' },
  })
}
