import { int8PerChannel } from '../plan/treatment.ts'
import type { Scheme } from '../scheme.ts'
import { schemeOfRules } from '../scheme-of-rules.ts'

/** Choices of `dynamic`. */
export interface DynamicOptions {
  /** Smaller weights stay float: quantizing them costs accuracy and saves nothing. 1024 by default (spec section 9). */
  readonly minimumElements?: number
}

/**
 * Dynamic range, also called hybrid: weights of 1024 elements and more in int8, one scale per output channel, activations
 * in float32. Needs no samples, keeps nearly all accuracy, and makes files about four times smaller.
 */
export function dynamic({ minimumElements = 1024 }: DynamicOptions = {}): Scheme {
  const treatment = { kind: 'hybrid', weights: int8PerChannel, minimumElements } as const
  return schemeOfRules({
    name: 'dynamic',
    rules: [{ where: [], treatment }],
    ruleOptions: { minimumElements: 'count' },
  })
}
