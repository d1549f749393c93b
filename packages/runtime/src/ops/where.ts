import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { dataAs, inputAt, outputAt, runTimeValue, unsupportedTypes } from '../shared/operands.ts'

const supports = ['bool, float32, int8, uint8, int32 or int64 to int64'] as const

/** WHERE: positions of the elements that are not 0, one row of indices each; how many there are is known when it runs. */
export const where: OperatorImplementation<'WHERE'> = {
  kind: 'WHERE',
  supports,
  outputShapes(context) {
    const condition = inputAt(context, 0)
    if (!condition.constant) throw runTimeValue(context, condition)
    return [[positionsIn(context).length, condition.shape.length]]
  },
  prepare(context) {
    const { shape } = inputAt(context, 0)
    const to = dataAs(context, outputAt(context), 'int64')
    return () => {
      positionsIn(context).forEach((position, row) => {
        let rest = position
        for (let axis = shape.length - 1; axis >= 0; axis--) {
          const index = rest % shape[axis]!
          to[row * shape.length + axis] = BigInt(index)
          rest = (rest - index) / shape[axis]!
        }
      })
    }
  },
}

function positionsIn(context: OperatorContext<'WHERE'>): readonly number[] {
  const { data, type } = inputAt(context, 0)
  if (!/^(bool|float32|u?int8|int32|int64)$/.test(type)) throw unsupportedTypes(context, supports)
  const positions: number[] = []
  for (let at = 0; at < data.length; at++) if (Number(data[at]) !== 0) positions.push(at)
  return positions
}
