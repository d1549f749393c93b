import type { Calibration } from '@quantrx/core'
import type { Model } from '@quantrx/tflite'
import type { Plan } from './plan/plan.ts'
import type { SchemeRule } from './plan/selector.ts'
import type { SharedConstants } from './shared-constants.ts'

/** Values of an option that a recipe may give to a scheme: true or false, a whole number from 0, or one of a few. */
export type RuleOption = 'boolean' | 'count' | readonly (string | number)[]

/**
 * Decides which tensor of a model gets which parameters. Pure: the same model and calibration give the same plan, which is
 * plain data; `quantizeModel` carries it out.
 */
export interface Scheme {
  /** Kebab-case name. */
  readonly name: string
  /** False for schemes that look at weights alone, whose calibration may be empty. */
  readonly needsCalibration: boolean
  /**
   * @param shared What other plans of the same model have found out about its constants; a scheme may leave it alone.
   * @throws StageError when the calibration belongs to another model.
   * @throws UsageError when nothing in the model can be quantized.
   */
  plan(model: Model, calibration: Calibration, shared?: SharedConstants): Plan
  /** What the scheme is made of, where it chooses operator by operator: recipes can then use it for some of them. */
  readonly rules?: readonly SchemeRule[]
  /** The same scheme with more rules, which decide over its own; where it has rules. */
  withRules?(more: readonly SchemeRule[]): Scheme
  /** Options of its factory, by name, that a recipe may set. */
  readonly ruleOptions?: Readonly<Record<string, RuleOption>>
}
