import { ShapeError, formatShape } from '@quantrx/core'
import { broadcastShape } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation, RuntimeTensor } from '../operator.ts'
import { checkOutputShape } from '../shared/element-walk.ts'
import { indicesOf, numbersOf } from '../shared/numbers.ts'
import { inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'

const supports = ['int32', 'int64'] as const

/** BROADCAST_ARGS: the shape to which two shapes broadcast. */
export const broadcastArgs: OperatorImplementation<'BROADCAST_ARGS'> = {
  kind: 'BROADCAST_ARGS',
  supports,
  outputShapes: (context) => [[Math.max(rankOf(context, 0), rankOf(context, 1))]],
  prepare(context) {
    const [a, b, output] = [inputAt(context, 0), inputAt(context, 1), outputAt(context)]
    if (a.type !== b.type || a.type !== output.type || !supports.some((type) => type === a.type))
      throw unsupportedTypes(context, supports)
    checkOutputShape(context, output, [Math.max(rankOf(context, 0), rankOf(context, 1))])
    const sizes = (tensor: RuntimeTensor) =>
      Array.from<number | bigint, number>(indicesOf(context, tensor), Number)
    return () => {
      const shape = broadcastShape(sizes(a), sizes(b))
      shape.forEach((size, axis) => {
        if (output.type === 'int64') numbersOf<bigint>(output)[axis] = BigInt(size)
        else numbersOf<number>(output)[axis] = size
      })
    }
  },
}

function rankOf(context: OperatorContext<'BROADCAST_ARGS'>, at: number): number {
  const { name, shape } = inputAt(context, at)
  if (shape.length === 1) return shape[0]!
  throw new ShapeError({
    stage: 'runtime',
    subject: `BROADCAST_ARGS, tensor ${name}`,
    found: `shape ${formatShape(shape)}`,
    expected: 'a list of sizes',
  })
}
