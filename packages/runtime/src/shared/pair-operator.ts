import type { DataType } from '@quantrx/core'
import { pairElements } from '@quantrx/kernels'
import type { BroadcastRows, ElementsPairing, wasm } from '@quantrx/kernels'
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

/** Generated code for all types of an operator on pairs. */
export type PairCode = (rows: BroadcastRows, share?: wasm.Share) => wasm.GeneratedKernel

/**
 * An operator that combines two inputs element by element, repeating the smaller one; input and output types are one. It has
 * generated code where that is given.
 */
export function pairOperator<Kind extends BuiltinOperator>(
  kind: Kind,
  functions: PairFunctions,
  code?: PairCode,
): OperatorImplementation<Kind> {
  const supports = Object.keys(functions)
  const functionFor = (context: OperatorContext): PairFunction<unknown> => {
    const { type } = inputAt(context, 0)
    const compute = (functions as Readonly<Record<string, PairFunction<unknown> | undefined>>)[type]
    if (compute !== undefined && outputAt(context).type === type) return compute
    throw unsupportedTypes(context, supports)
  }
  return {
    kind,
    supports,
    outputShapes: pairShapes,
    prepare(context) {
      const compute = functionFor(context)
      return preparePairs(context, supports, (rows) => pairElements(rows, compute))
    },
    ...(code === undefined ? {} : { divides: true, generate: generator(code) }),
  }

  function generator(write: PairCode): NonNullable<OperatorImplementation<Kind>['generate']> {
    return (context, { share }) => {
      functionFor(context)
      const [a, b] = [inputAt(context, 0), inputAt(context, 1)]
      if (a.type !== b.type) throw unsupportedTypes(context, supports)
      return { kernel: write(pairRows(context), share), inputs: [a, b], output: outputAt(context) }
    }
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
