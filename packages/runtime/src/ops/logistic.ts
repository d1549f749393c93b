import { logisticFloat32, logisticStored, wasm } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { checkFixedScale, unitInt16 } from '../shared/fixed-scale.ts'
import { generateUnary } from '../shared/generate-unary.ts'
import { outputAt } from '../shared/operands.ts'
import { prepareUnary } from '../shared/unary.ts'

const supports = ['float32', 'int8', 'uint8', 'int16'] as const

/** LOGISTIC, for 8-bit integers by a table of their 256 values, for int16 by lines between those of another. */
export const logistic: OperatorImplementation<'LOGISTIC'> = {
  kind: 'LOGISTIC',
  supports,
  prepare(context) {
    if (outputAt(context).type === 'int16') checkFixedScale(context, outputAt(context), unitInt16)
    return prepareUnary(context, supports, { float32: logisticFloat32, stored: logisticStored })
  },
  divides: true,
  generate(context, options) {
    if (outputAt(context).type === 'int16') checkFixedScale(context, outputAt(context), unitInt16)
    return generateUnary(context, options, supports, {
      float32: wasm.logisticKernel,
      stored: logisticStored,
      shorts: ({ input }, elements, share) => wasm.logisticShortsKernel(input.scale, elements, share),
    })
  },
}
