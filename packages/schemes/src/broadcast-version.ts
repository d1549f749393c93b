import { sameShape } from '@quantrx/core'
import type { VersionFacts } from './rule.ts'

/** Operands that are repeated over more dimensions than these need a newer kernel. */
const oldestRank = 4

/** The version of a binary operator: `usual`, or `wide` where operands of more than 4 dimensions are repeated. */
export function broadcastVersion(usual: number, wide: number): (facts: VersionFacts) => number {
  return ({ inputShapes: [a = [], b = []] }) =>
    !sameShape(a, b) && Math.max(a.length, b.length) > oldestRank ? wide : usual
}
