import { UnsupportedError } from '@quantrx/core'
import { mirrorPadWalk } from '@quantrx/kernels'
import type { MirrorPadMode } from '@quantrx/kernels'
import type { OperatorContext } from '../operator.ts'
import { constantAmounts } from '../shared/amounts.ts'
import { walkOperator } from '../shared/element-walk.ts'

/** MIRROR_PAD by constant amounts. */
export const mirrorPad = walkOperator('MIRROR_PAD', (context, shape) =>
  mirrorPadWalk(shape, { ...constantAmounts(context, 1, shape.length), mode: modeOf(context) }),
)

function modeOf({ options: { mode } }: OperatorContext<'MIRROR_PAD'>): MirrorPadMode {
  if (mode === 'REFLECT' || mode === 'SYMMETRIC') return mode
  throw new UnsupportedError({
    stage: 'runtime',
    subject: 'MIRROR_PAD',
    found: `mode ${mode}`,
    expected: 'REFLECT or SYMMETRIC',
  })
}
