import { logicalNotElements, wasm } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { bindUnary } from '../shared/generate-unary.ts'
import { mapOperator } from '../shared/map-operator.ts'
import { inputAt } from '../shared/operands.ts'
import { checkUnary } from '../shared/unary.ts'

const supports = ['bool'] as const

/** LOGICAL_NOT. */
export const logicalNot: OperatorImplementation<'LOGICAL_NOT'> = {
  ...mapOperator('LOGICAL_NOT', supports, () => ({ bool: logicalNotElements })),
  divides: true,
  generate(context, { share }) {
    checkUnary(context, supports)
    return bindUnary(context, wasm.logicalNotKernel(inputAt(context, 0).data.length, share))
  },
}
