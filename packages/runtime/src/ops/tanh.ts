import { tanhFloat32, tanhStored, wasm } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { checkFixedScale, unitInt16 } from '../shared/fixed-scale.ts'
import { generateUnary } from '../shared/generate-unary.ts'
import { outputAt } from '../shared/operands.ts'
import { prepareUnary } from '../shared/unary.ts'

const supports = ['float32', 'int8', 'uint8', 'int16'] as const

/** TANH, for 8-bit integers by a table of their 256 values, for int16 by lines between those of another. */
export const tanh: OperatorImplementation<'TANH'> = {
  kind: 'TANH',
  supports,
  prepare(context) {
    if (outputAt(context).type === 'int16') checkFixedScale(context, outputAt(context), unitInt16)
    return prepareUnary(context, supports, { float32: tanhFloat32, stored: tanhStored })
  },
  divides: true,
  generate(context, options) {
    if (outputAt(context).type === 'int16') checkFixedScale(context, outputAt(context), unitInt16)
    return generateUnary(context, options, supports, {
      float32: wasm.tanhKernel,
      stored: tanhStored,
      shorts: ({ input }, elements, share) => wasm.tanhShortsKernel(input.scale, elements, share),
    })
  },
}
