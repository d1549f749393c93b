import { broadcastShape } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { checkOutputShape } from '../shared/element-walk.ts'
import { indicesOf, numbersOf } from '../shared/numbers.ts'
import { inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'

const supports = ['int32', 'int64'] as const

/** BROADCAST_ARGS: the shape that two tensors come to when they are repeated to fit each other, from their shapes. */
export const broadcastArgs: OperatorImplementation<'BROADCAST_ARGS'> = {
  kind: 'BROADCAST_ARGS',
  supports,
  outputShapes: (context) => [[rankOf(context)]],
  prepare(context) {
    const [a, b, output] = [inputAt(context, 0), inputAt(context, 1), outputAt(context)]
    if (a.type !== output.type || b.type !== output.type || !supports.some((type) => type === output.type))
      throw unsupportedTypes(context, supports)
    checkOutputShape(context, output, [rankOf(context)])
    const shapes = [a, b].map((tensor) => indicesOf(context, tensor)) as [
      ArrayLike<number>,
      ArrayLike<number>,
    ]
    const to = numbersOf<number | bigint>(output)
    const stored = output.type === 'int64' ? BigInt : Number
    return () => {
      const [first, second] = shapes.map((shape) => Array.from(shape, Number)) as [number[], number[]]
      broadcastShape(first, second).forEach((size, axis) => (to[axis] = stored(size)))
    }
  },
}

/** Shapes are vectors, whose lengths are the numbers of dimensions. */
function rankOf(context: OperatorContext<'BROADCAST_ARGS'>): number {
  return Math.max(inputAt(context, 0).shape[0] ?? 0, inputAt(context, 1).shape[0] ?? 0)
}
