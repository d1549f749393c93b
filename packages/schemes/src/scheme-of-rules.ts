import { planModel } from './plan/plan-model.ts'
import type { InputOutputType } from './plan/plan.ts'
import type { SchemeRule } from './plan/selector.ts'
import type { RuleOption, Scheme } from './scheme.ts'

/** A scheme by what becomes of which operators. */
export interface SchemeOfRulesOptions {
  readonly name: string
  /** Type of the model's inputs and outputs; float32 by default. */
  readonly io?: InputOutputType
  /** The last rule that is for an operator decides; an operator that no rule is for stays float. */
  readonly rules: readonly SchemeRule[]
  readonly ruleOptions?: Readonly<Record<string, RuleOption>>
}

/**
 * A scheme that chooses a treatment for every operator; conversions between neighbours that differ are inserted when the
 * plan is carried out.
 *
 * @example
 * schemeOfRules({
 *   name: 'wide-softmax',
 *   rules: [
 *     { where: [], treatment: { kind: 'integer', activations: 'int8', weights: int8PerChannel } },
 *     {
 *       where: [{ operators: ['SOFTMAX'] }],
 *       treatment: { kind: 'integer', activations: 'int16', weights: int8PerChannel },
 *     },
 *   ],
 * })
 */
export function schemeOfRules({ name, io = 'float32', rules, ...others }: SchemeOfRulesOptions): Scheme {
  return {
    ...others,
    name,
    rules,
    needsCalibration: io !== 'float32' || rules.some(({ treatment }) => treatment.kind === 'integer'),
    withRules: (more) => schemeOfRules({ ...others, name, io, rules: [...rules, ...more] }),
    plan: (model, calibration, shared) => planModel(model, calibration, { scheme: name, io, rules }, shared),
  }
}
