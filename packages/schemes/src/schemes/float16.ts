import type { Scheme } from '../scheme.ts'
import { schemeOfRules } from '../scheme-of-rules.ts'

/** Choices of `float16`. */
export interface Float16Options {
  /** Smaller constants stay float32; 1 by default, as TensorFlow Lite's converter has it. */
  readonly minimumElements?: number
}

/**
 * Constants in float16, a DEQUANTIZE in front of what uses them, everything computed in float32: half the size, no samples,
 * results within a thousandth. Constants beyond the range of float16, 65504, stay float32.
 *
 * @example
 * quantizeModel(model, calibration, float16())
 */
export function float16({ minimumElements = 1 }: Float16Options = {}): Scheme {
  const treatment = { kind: 'stored', weights: 'float16', minimumElements } as const
  return schemeOfRules({
    name: 'float16',
    rules: [{ where: [], treatment }],
    ruleOptions: { minimumElements: 'count' },
  })
}
