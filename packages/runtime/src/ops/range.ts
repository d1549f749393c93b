import { ShapeError } from '@quantrx/core'
import { rangeLength, rangeValues } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { checkOutputShape } from '../shared/element-walk.ts'
import { numbersOf } from '../shared/numbers.ts'
import { constantIntegers, inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'

const supports = ['float32', 'int32', 'int64'] as const

/** RANGE between constant ends. */
export const range: OperatorImplementation<'RANGE'> = {
  kind: 'RANGE',
  supports,
  outputShapes: (context) => [[lengthOf(context)]],
  prepare(context) {
    const { type } = outputAt(context)
    const operands = [0, 1, 2].map((at) => inputAt(context, at))
    if (!supports.some((each) => each === type) || operands.some((each) => each.type !== type))
      throw unsupportedTypes(context, supports)
    const [start, , delta] = endsOf(context)
    const output = outputAt(context)
    checkOutputShape(context, output, [lengthOf(context)])
    if (type === 'int64') {
      const to = numbersOf<bigint>(output)
      return () => rangeValues(BigInt(start!), BigInt(delta!), (a, b) => a + b, to)
    }
    const to = numbersOf<number>(output)
    return () => rangeValues(start!, delta!, (a, b) => a + b, to)
  },
}

const endsOf = (context: OperatorContext<'RANGE'>): readonly number[] =>
  [0, 1, 2].map((at) => constantIntegers(context, inputAt(context, at))[0] ?? 0)

function lengthOf(context: OperatorContext<'RANGE'>): number {
  const [start, limit, delta] = endsOf(context)
  if (delta !== 0) return rangeLength(start!, limit!, delta!)
  throw new ShapeError({ stage: 'runtime', subject: 'RANGE', found: 'a step of 0', expected: 'another' })
}
