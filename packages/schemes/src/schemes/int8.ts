import { integerPlan } from '../plan/integer-plan.ts'
import type { InputOutputType } from '../plan/plan.ts'
import type { Scheme } from '../scheme.ts'

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
  const scheme = 'int8'
  return {
    name: scheme,
    needsCalibration: true,
    plan: (model, calibration) =>
      integerPlan(model, calibration, {
        scheme,
        io,
        perChannel: ({ kind }) => kind !== 'FULLY_CONNECTED' || perChannelFullyConnected,
      }),
  }
}
