import { ShapeError, formatShape, sameShape } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { foldSegments } from '@quantrx/kernels'
import type { SegmentFold } from '@quantrx/kernels'
import type { BuiltinOperator } from '@quantrx/tflite'
import type { OperatorContext, OperatorImplementation, Step } from '../operator.ts'
import { checkOutputShape } from './element-walk.ts'
import { indicesOf, numbersOf } from './numbers.ts'
import { inputAt, outputAt, unsupportedTypes } from './operands.ts'
import { constantInteger } from './parts.ts'

type AnyContext = Pick<OperatorContext, 'kind' | 'inputs' | 'outputs'>

/** Types of the operators that fold segments. */
export const segmentTypes = ['float32', 'int32'] as const

/** Prepares an operator that folds slices of its first operand by the segments that the second one names. */
export function prepareSegments(
  context: AnyContext,
  segments: number,
  fold: Omit<SegmentFold, 'operator'>,
): Step {
  const [input, ids, output] = [inputAt(context, 0), inputAt(context, 1), outputAt(context)]
  if (input.type !== output.type || !segmentTypes.some((type) => type === input.type))
    throw unsupportedTypes(context, segmentTypes)
  checkOutputShape(context, output, segmentsShape(context, segments))
  const run = foldSegments({ operator: context.kind, ...fold }, segments)
  const [from, at, to] = [numbersOf<number>(input), indicesOf(context, ids), numbersOf<number>(output)]
  return () => run(from, at, to)
}

/**
 * The shape of so many segments.
 *
 * @throws ShapeError for a negative number, or where the ids have not the shape that the input begins with.
 */
export function segmentsShape(context: AnyContext, segments: number): Shape {
  const [{ shape }, ids] = [inputAt(context, 0), inputAt(context, 1)]
  const rank = ids.shape.length
  if (segments >= 0 && sameShape(shape.slice(0, rank), ids.shape)) return [segments, ...shape.slice(rank)]
  throw new ShapeError({
    stage: 'runtime',
    subject: context.kind,
    found: `${segments} segments, named by ${formatShape(ids.shape)} for ${formatShape(shape)}`,
    expected: 'none or more, named by a tensor of the first dimensions',
  })
}

/** An operator that folds slices by segments in any order, as many as the third operand says. */
export function unsortedSegment<Kind extends BuiltinOperator>(
  kind: Kind,
  foldOf: (type: (typeof segmentTypes)[number]) => Omit<SegmentFold, 'operator'>,
): OperatorImplementation<Kind> {
  const segments = (context: AnyContext): number => constantInteger(context, inputAt(context, 2))
  return {
    kind,
    supports: segmentTypes,
    outputShapes: (context) => [segmentsShape(context, segments(context))],
    prepare(context) {
      const type = inputAt(context, 0).type === 'int32' ? 'int32' : 'float32'
      return prepareSegments(context, segments(context), foldOf(type))
    },
  }
}

/** The largest number of a type that has an end. */
export const largestOf = { float32: (2 - 2 ** -23) * 2 ** 127, int32: 2 ** 31 - 1 } as const
/** The smallest number of a type that has an end. */
export const smallestOf = { float32: -largestOf.float32, int32: -(2 ** 31) } as const
