import { int8PerChannel } from '../plan/treatment.ts'
import type { Scheme } from '../scheme.ts'
import { schemeOfRules } from '../scheme-of-rules.ts'

/** Choices of `int8Weights`. */
export interface Int8WeightsOptions {
  /** Smaller weights stay float32; 1024 by default, as for `dynamic`. */
  readonly minimumElements?: number
}

/**
 * Weights in int8 with one scale per output channel, a DEQUANTIZE in front of what uses them, everything computed in
 * float32: a quarter of the size and no loss but that of the weights, for runtimes that are slow or inexact with integers.
 *
 * @example
 * quantizeModel(model, calibration, int8Weights())
 */
export function int8Weights({ minimumElements = 1024 }: Int8WeightsOptions = {}): Scheme {
  const treatment = { kind: 'stored', weights: int8PerChannel, minimumElements } as const
  return schemeOfRules({
    name: 'int8-weights',
    rules: [{ where: [], treatment }],
    ruleOptions: { minimumElements: 'count' },
  })
}
