import type { OperatorImplementation } from '../operator.ts'
import { bytesOf } from '../shared/bytes.ts'
import { inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'
import { checkElementCount } from '../shared/unary.ts'

const supports = ['float32', 'int32', 'int64'] as const

/** ZEROS_LIKE. */
export const zerosLike: OperatorImplementation<'ZEROS_LIKE'> = {
  kind: 'ZEROS_LIKE',
  supports,
  shapesOnly: true,
  prepare(context) {
    const output = outputAt(context)
    if (inputAt(context, 0).type !== output.type || !supports.some((type) => type === output.type))
      throw unsupportedTypes(context, supports)
    checkElementCount(context)
    // The bits of 0 are 0 in all these types.
    const to = bytesOf(output)
    return () => to.fill(0)
  },
}
