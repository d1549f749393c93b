import { cumsum as runningSums, normalizeAxis } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { checkOutputShape } from '../shared/element-walk.ts'
import { numbersOf } from '../shared/numbers.ts'
import { inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'
import { constantInteger } from '../shared/parts.ts'

const supports = ['float32', 'int32', 'int64'] as const

/** CUMSUM along a constant axis. */
export const cumsum: OperatorImplementation<'CUMSUM'> = {
  kind: 'CUMSUM',
  supports,
  prepare(context) {
    const [input, output] = [inputAt(context, 0), outputAt(context)]
    if (input.type !== output.type || !supports.some((type) => type === input.type))
      throw unsupportedTypes(context, supports)
    checkOutputShape(context, output, input.shape)
    const axis = normalizeAxis('CUMSUM', input.shape, constantInteger(context, inputAt(context, 1)))
    const parameters = { ...context.options, shape: input.shape, axis }
    if (input.type === 'int64') {
      const run = runningSums<bigint>(parameters, 0n, (a, b) => a + b)
      const [from, to] = [numbersOf<bigint>(input), numbersOf<bigint>(output)]
      return () => run(from, to)
    }
    const run = runningSums<number>(parameters, 0, (a, b) => a + b)
    const [from, to] = [numbersOf<number>(input), numbersOf<number>(output)]
    return () => run(from, to)
  },
}
