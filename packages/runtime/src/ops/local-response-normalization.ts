import { ShapeError, formatShape } from '@quantrx/core'
import { localResponseNormalizationFloat32 } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { checkOutputShape } from '../shared/element-walk.ts'
import { dataAs, inputAt, outputAt } from '../shared/operands.ts'

/** LOCAL_RESPONSE_NORMALIZATION along the last dimension. */
export const localResponseNormalization: OperatorImplementation<'LOCAL_RESPONSE_NORMALIZATION'> = {
  kind: 'LOCAL_RESPONSE_NORMALIZATION',
  supports: ['float32'],
  prepare(context) {
    const [input, output] = [inputAt(context, 0), outputAt(context)]
    const [from, to] = [dataAs(context, input, 'float32'), dataAs(context, output, 'float32')]
    checkOutputShape(context, output, input.shape)
    const depth = input.shape.at(-1)
    const { radius } = context.options
    if (depth === undefined || radius < 0) {
      throw new ShapeError({
        stage: 'runtime',
        subject: 'LOCAL_RESPONSE_NORMALIZATION',
        found: `radius ${radius} for shape ${formatShape(input.shape)}`,
        expected: 'a radius of 0 or more, and channels',
      })
    }
    const run = localResponseNormalizationFloat32({ ...context.options, depth })
    return () => run(from, to)
  },
}
