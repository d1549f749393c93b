import { ShapeError, integerLimits } from '@quantrx/core'
import { extremesOf, foldElements, reductionGeometry } from '@quantrx/kernels'
import type {
  ActivationType,
  ComparedType,
  Fold,
  MeanIntegerParameters,
  ReductionGeometry,
} from '@quantrx/kernels'
import type { OperatorContext, Step } from '../operator.ts'
import { quantizedActivation } from './activation-types.ts'
import { numbersOf } from './numbers.ts'
import { constantIntegers, inputAt, outputAt, unsupportedTypes } from './operands.ts'
import { refuseOtherScale } from './same-scale.ts'

type AnyContext = Pick<OperatorContext, 'kind' | 'inputs' | 'outputs'>

/** The constant axes of a reduction, its second operand. */
export const constantAxes = (context: AnyContext): readonly number[] =>
  constantIntegers(context, inputAt(context, 1))

/**
 * The geometry of a reduction over constant axes.
 *
 * @throws UnsupportedError when the axes are computed at run time.
 * @throws ShapeError for axes that the input does not have, or another number of outputs.
 */
export function constantReduction(context: AnyContext): ReductionGeometry {
  const geometry = reductionGeometry(context.kind, inputAt(context, 0).shape, constantAxes(context))
  checkOutputCount(context, geometry.outputs)
  return geometry
}

/**
 * Checks how many elements the output of a reduction has, whether or not it keeps its dimensions.
 *
 * @throws ShapeError for another number.
 */
export function checkOutputCount(context: AnyContext, outputs: number): void {
  const { length } = outputAt(context).data
  if (outputs === length) return
  throw new ShapeError({
    stage: 'runtime',
    subject: context.kind,
    found: `${length} outputs`,
    expected: `${outputs} values`,
  })
}

/** Prepares a reduction that folds values of one type, from a first value on. */
export function prepareFold<Value extends number | bigint>(
  context: AnyContext,
  initial: Value,
  fold: Fold<Value>,
): Step {
  const run = foldElements(constantReduction(context), initial, fold)
  const [from, to] = [numbersOf<Value>(inputAt(context, 0)), numbersOf<Value>(outputAt(context))]
  return () => run(from, to)
}

/** What a reduction of quantized integers depends on, besides its geometry. */
export interface QuantizedReduction extends Omit<MeanIntegerParameters, 'geometry'> {
  readonly type: ActivationType
}

/**
 * The quantization of the input and the output of a reduction that sums.
 *
 * @throws UnsupportedError when they are not quantized integers of one type.
 */
export function quantizedReduction(
  context: Pick<OperatorContext, 'kind' | 'inputs' | 'outputs' | 'arithmetic'>,
  supports: readonly string[],
): QuantizedReduction {
  const input = quantizedActivation(context, inputAt(context, 0), supports)
  const output = quantizedActivation(context, outputAt(context), supports)
  const { type } = output
  if (input.type !== type) throw unsupportedTypes(context, supports)
  return {
    // XNNPACK does not know int16.
    arithmetic: type === 'int16' ? 'tflite' : context.arithmetic,
    ...{ type, range: integerLimits[type] },
    ...{ inputScale: input.scale, inputZeroPoint: input.zeroPoint },
    ...{ outputScale: output.scale, outputZeroPoint: output.zeroPoint },
  }
}

/** Types of the reductions that compare values. */
export const comparedTypes: readonly ComparedType[] = ['float32', 'int8', 'uint8', 'int16', 'int32', 'int64']

/** Prepares REDUCE_MAX or REDUCE_MIN, which compare stored values: input and output are quantized alike. */
export function prepareExtreme(
  context: AnyContext,
  initial: 'lowest' | 'highest',
  fold: <Value extends number | bigint>(folded: Value, value: Value) => Value,
): Step {
  return prepareFold(context, extremesOf(extremeType(context))[initial], fold)
}

/**
 * The type of the input and the output of REDUCE_MAX or REDUCE_MIN.
 *
 * @throws UnsupportedError for types that are not compared, or not the same, or quantized differently.
 */
export function extremeType(context: AnyContext): ComparedType {
  const [input, output] = [inputAt(context, 0), outputAt(context)]
  const type = comparedTypes.find((each) => each === input.type)
  if (type === undefined || output.type !== type) throw unsupportedTypes(context, comparedTypes)
  refuseOtherScale(context, input, output)
  return type
}
