import { ShapeError, UnsupportedError, formatShape } from '@quantrx/core'
import {
  foldAll,
  foldAny,
  foldMaximum,
  foldMinimum,
  foldProduct,
  reduceWindow as foldWindows,
  windowPositions,
} from '@quantrx/kernels'
import type { Fold, ReduceWindowParameters } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation, Step } from '../operator.ts'
import { checkOutputShape } from '../shared/element-walk.ts'
import { numbersOf } from '../shared/numbers.ts'
import { constantIntegers, inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'

const supports = ['float32', 'int8', 'uint8', 'int16', 'int32', 'int64', 'bool'] as const

type WindowContext = OperatorContext<'REDUCE_WINDOW'>

/** REDUCE_WINDOW of constant windows; stored integers are folded as they are. */
export const reduceWindow: OperatorImplementation<'REDUCE_WINDOW'> = {
  kind: 'REDUCE_WINDOW',
  supports,
  outputShapes: (context) => [windowPositions(windowsOf(context))],
  prepare(context) {
    const [{ type }, initial, output] = [inputAt(context, 0), inputAt(context, 1), outputAt(context)]
    const known = supports.some((each) => each === type) && initial.data.length === 1
    if (!known || initial.type !== type || output.type !== type) throw unsupportedTypes(context, supports)
    checkOutputShape(context, output, windowPositions(windowsOf(context)))
    return type === 'int64'
      ? prepareFold<bigint>(
          context,
          foldFor<bigint>(context, { add: (a, b) => a + b, multiply: foldProduct.int64 }),
        )
      : prepareFold<number>(context, foldFor<number>(context, numberFolds(type)))
  },
}

interface SumAndProduct<Value extends number | bigint> {
  readonly add: Fold<Value>
  readonly multiply: Fold<Value>
}

const numberFolds = (type: string): SumAndProduct<number> => ({
  add: (a, b) => a + b,
  multiply: type === 'float32' ? foldProduct.float32 : foldProduct.int32,
})

function prepareFold<Value extends number | bigint>(context: WindowContext, fold: Fold<Value>): Step {
  const run = foldWindows<Value>(windowsOf(context), fold)
  const [from, first] = [numbersOf<Value>(inputAt(context, 0)), numbersOf<Value>(inputAt(context, 1))]
  const to = numbersOf<Value>(outputAt(context))
  return () => run(from, first[0]!, to)
}

function foldFor<Value extends number | bigint>(
  context: WindowContext,
  { add, multiply }: SumAndProduct<Value>,
): Fold<Value> {
  const { reduceFunction } = context.options
  const logical = inputAt(context, 0).type === 'bool'
  if (reduceFunction === 'ADD' && !logical) return add
  if (reduceFunction === 'MUL' && !logical) return multiply
  if (reduceFunction === 'MINIMUM' && !logical) return foldMinimum
  if (reduceFunction === 'MAXIMUM' && !logical) return foldMaximum
  if (reduceFunction === 'ALL' && logical) return foldAll as unknown as Fold<Value>
  if (reduceFunction === 'ANY' && logical) return foldAny as unknown as Fold<Value>
  throw new UnsupportedError({
    stage: 'runtime',
    subject: 'REDUCE_WINDOW',
    found: `${reduceFunction} of ${inputAt(context, 0).type}`,
    expected: 'ADD, MUL, MINIMUM or MAXIMUM of numbers, ALL or ANY of bool',
  })
}

function windowsOf(context: WindowContext): ReduceWindowParameters {
  const { shape } = inputAt(context, 0)
  const [window, strides, dilations] = [2, 3, 4].map((at) => constantIntegers(context, inputAt(context, at)))
  const lists = [window!, strides!, dilations!]
  if (lists.every((list) => list.length === shape.length && list.every((each) => each >= 1)))
    return { shape, window: window!, strides: strides!, dilations: dilations! }
  throw new ShapeError({
    stage: 'runtime',
    subject: 'REDUCE_WINDOW',
    found: `window, strides and dilations ${lists.map(formatShape).join(', ')} for ${formatShape(shape)}`,
    expected: 'one of 1 or more for each dimension',
  })
}
