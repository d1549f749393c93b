import type { Scheme } from '@quantrx/schemes'
import type { Balance } from '../equalize/scale-factors.ts'

/**
 * What `equalize` should make alike for a scheme: weights where those of most operators have one scale as a whole, which the last rule
 * for every operator says; activations where channels have their own.
 */
export function balanceFor({ rules = [] }: Pick<Scheme, 'rules'>): Balance {
  const treatment = rules.findLast(({ where }) => where.every(choosesAll))?.treatment
  if (treatment === undefined || !('weights' in treatment) || treatment.weights === 'float16')
    return 'activations'
  return treatment.weights.granularity.kind === 'tensor' ? 'weights' : 'activations'
}

const choosesAll = (selector: object): boolean =>
  Object.values(selector).every((value) => value === undefined)
