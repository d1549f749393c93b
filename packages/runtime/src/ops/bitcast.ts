import { ShapeError, bytesPerElement, formatShape } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { bytesOf } from '../shared/bytes.ts'
import { checkOutputShape } from '../shared/element-walk.ts'
import { inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'

const supports = ['any two types of whole bytes'] as const

/**
 * BITCAST: the bytes of a tensor as elements of another type; smaller ones have a dimension of their own, the last one, as larger
 * ones take the last one away.
 */
export const bitcast: OperatorImplementation<'BITCAST'> = {
  kind: 'BITCAST',
  supports,
  outputShapes: (context) => [castShape(context)],
  prepare(context) {
    const [input, output] = [inputAt(context, 0), outputAt(context)]
    if (input.storedBits !== undefined) throw unsupportedTypes(context, supports)
    checkOutputShape(context, output, castShape(context))
    const [from, to] = [bytesOf(input), bytesOf(output)]
    return () => to.set(from)
  },
}

function castShape(context: OperatorContext<'BITCAST'>): Shape {
  const [{ shape, type }, output] = [inputAt(context, 0), outputAt(context)]
  const [from, to] = [bytesPerElement(type), bytesPerElement(output.type)]
  if (from === to) return shape
  if (from > to) return [...shape, from / to]
  if (shape.at(-1) === to / from) return shape.slice(0, -1)
  throw new ShapeError({
    stage: 'runtime',
    subject: `BITCAST of ${type} to ${output.type}`,
    found: `shape ${formatShape(shape)}`,
    expected: `a last dimension of ${to / from}`,
  })
}
