import { isEqual } from '../../ops/equal/equal.ts'
import { isGreaterOrEqual } from '../../ops/greater-equal/greater-equal.ts'
import { isGreater } from '../../ops/greater/greater.ts'
import { isLessOrEqual } from '../../ops/less-equal/less-equal.ts'
import { isLess } from '../../ops/less/less.ts'
import { isNotEqual } from '../../ops/not-equal/not-equal.ts'

/** Every comparison, and its reference, for tests. */
export const comparisons = [
  { name: 'equal', compare: isEqual },
  { name: 'notEqual', compare: isNotEqual },
  { name: 'greater', compare: isGreater },
  { name: 'greaterEqual', compare: isGreaterOrEqual },
  { name: 'less', compare: isLess },
  { name: 'lessEqual', compare: isLessOrEqual },
] as const
