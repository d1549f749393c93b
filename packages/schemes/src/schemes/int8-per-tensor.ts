import { integerPlan } from '../plan/integer-plan.ts'
import type { InputOutputType } from '../plan/plan.ts'
import type { Scheme } from '../scheme.ts'

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
  const scheme = 'int8-per-tensor'
  return {
    name: scheme,
    needsCalibration: true,
    plan: (model, calibration) => integerPlan(model, calibration, { scheme, io, perChannel: () => false }),
  }
}
