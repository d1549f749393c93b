import { ShapeError, formatShape } from '@quantrx/core'
import { uniqueElements } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { checkOutputShape } from '../shared/element-walk.ts'
import { numbersOf } from '../shared/numbers.ts'
import { inputAt, outputAt, runTimeValue, unsupportedTypes } from '../shared/operands.ts'

const supports = [
  'float32, int8, uint8, int16, uint16, int32 or int64, with indices of int32 or int64',
] as const

/** UNIQUE: the different elements of a list, and which of them each element is; how many there are is known when it runs. */
export const unique: OperatorImplementation<'UNIQUE'> = {
  kind: 'UNIQUE',
  supports,
  outputShapes(context) {
    const input = inputAt(context, 0)
    if (!input.constant) throw runTimeValue(context, input)
    return [[uniqueElements(input.data).positions.length], input.shape]
  },
  prepare(context) {
    const [input, values, indices] = [inputAt(context, 0), outputAt(context), outputAt(context, 1)]
    checkTypes(context)
    checkOutputShape(context, indices, input.shape)
    const [from, to] = [numbersOf<number>(input), numbersOf<number>(values)]
    return () => {
      const found = uniqueElements(input.data)
      checkOutputShape(context, values, [found.positions.length])
      found.positions.forEach((position, at) => (to[at] = from[position]!))
      if (indices.type === 'int64') (indices.data as BigInt64Array).set(found.indices.map(BigInt))
      else (indices.data as Int32Array).set(found.indices)
    }
  },
}

function checkTypes(context: OperatorContext<'UNIQUE'>): void {
  const [input, values, indices] = [inputAt(context, 0), outputAt(context), outputAt(context, 1)]
  const known = /^(float32|u?int8|u?int16|int32|int64)$/.test(input.type) && /^int(32|64)$/.test(indices.type)
  if (!known || values.type !== input.type) throw unsupportedTypes(context, supports)
  if (input.shape.length === 1) return
  throw new ShapeError({
    stage: 'runtime',
    subject: 'UNIQUE',
    found: `an input of shape ${formatShape(input.shape)}`,
    expected: 'a list',
  })
}
