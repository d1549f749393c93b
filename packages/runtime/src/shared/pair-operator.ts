import type { DataType } from '@quantrx/core'
import { pairElements } from '@quantrx/kernels'
import type { BroadcastRows, ElementsPairing } from '@quantrx/kernels'
import type { BuiltinOperator } from '@quantrx/tflite'
import type { OperatorContext, OperatorImplementation, Step } from '../operator.ts'
import { inputAt, outputAt, unsupportedTypes } from './operands.ts'
import { pairRows } from './pair-rows.ts'
import { pairShapes } from '../shapes/elementwise.ts'

type PairFunction<Value> = (a: Value, b: Value) => Value

/** Functions of two elements that are computed as they are stored, by the type of both inputs and the output. */
export type PairFunctions = {
  readonly [Type in DataType]?: Type extends 'int64' | 'uint64' ? PairFunction<bigint> : PairFunction<number>
}

/** An operator that combines two inputs element by element, repeating the smaller one; input and output types are one. */
export function pairOperator<Kind extends BuiltinOperator>(
  kind: Kind,
  functions: PairFunctions,
): OperatorImplementation<Kind> {
  const supports = Object.keys(functions)
  return {
    kind,
    supports,
    outputShapes: pairShapes,
    prepare(context) {
      const { type } = inputAt(context, 0)
      const compute = (functions as Readonly<Record<string, PairFunction<unknown> | undefined>>)[type]
      if (compute === undefined || outputAt(context).type !== type) throw unsupportedTypes(context, supports)
      return preparePairs(context, supports, (rows) => pairElements(rows, compute))
    },
  }
}

/**
 * Binds a kernel that pairs the elements of two inputs of one type to their memory.
 *
 * @throws UnsupportedError when the input types differ.
 * @throws ShapeError when the output has not the shape to which the inputs broadcast.
 */
export function preparePairs<From, To>(
  context: OperatorContext,
  supports: readonly string[],
  kernelOf: (rows: BroadcastRows) => ElementsPairing<From, To>,
): Step {
  const [a, b, output] = [inputAt(context, 0), inputAt(context, 1), outputAt(context)]
  if (a.type !== b.type) throw unsupportedTypes(context, supports)
  const run = kernelOf(pairRows(context)) as ElementsPairing<unknown, unknown>
  const [left, right, to] = [a.data, b.data, output.data]
  return () => run(left, right, to)
}
