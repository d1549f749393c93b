import { ShapeError, UnsupportedError, elementCount, formatShape, sameShape } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { centered } from '@quantrx/kernels'
import type { Multiplier, SequenceGeometry } from '@quantrx/kernels'
import type { OperatorContext, RuntimeTensor } from '../operator.ts'
import { realValues } from '../real-values.ts'
import { dataAs, integerData, scaleOf } from '../shared/operands.ts'

/** The combinations of types that recurrent operators without an integer form run in. */
export const recurrentSupports = ['float32', 'float32 × int8 weights'] as const

type AnyContext = Pick<OperatorContext, 'kind' | 'inputs' | 'outputs'>

/**
 * An operand of a shape.
 *
 * @throws ShapeError when it has another.
 */
export function shaped(context: AnyContext, tensor: RuntimeTensor, expected: Shape): RuntimeTensor {
  if (sameShape(tensor.shape, expected)) return tensor
  throw wrongShape(context, tensor, formatShape(expected))
}

/**
 * The state of an operator: a variable of `count` elements, of whatever shape.
 *
 * @throws UnsupportedError when it is not a variable, which nothing would carry from step to step.
 */
export function stateOf(context: AnyContext, tensor: RuntimeTensor, count: number): RuntimeTensor {
  if (tensor.variable !== true) {
    throw new UnsupportedError({
      stage: 'runtime',
      subject: `${context.kind}, tensor ${tensor.name}`,
      found: 'a state that is not a variable tensor',
      expected: 'one with is_variable set',
    })
  }
  if (elementCount(tensor.shape) === count) return tensor
  throw wrongShape(context, tensor, `${count} elements`)
}

function wrongShape({ kind }: AnyContext, { name, shape }: RuntimeTensor, expected: string): ShapeError {
  return new ShapeError({
    stage: 'runtime',
    subject: `${kind}, tensor ${name}`,
    found: formatShape(shape),
    expected,
  })
}

/**
 * What a vector of `depth` values is multiplied with to give `rows` sums.
 *
 * @throws ShapeError or UnsupportedError when the tensor is not such a matrix, or the diagonal of one.
 */
export function multiplierOf(
  context: AnyContext,
  tensor: RuntimeTensor,
  rows: number,
  depth: number,
): Multiplier {
  const diagonal = tensor.shape.length === 1 && tensor.type === 'float32' && rows === depth
  shaped(context, tensor, diagonal ? [rows] : [rows, depth])
  if (diagonal) return { kind: 'diagonal', values: dataAs(context, tensor, 'float32') }
  if (tensor.type !== 'int8') return { kind: 'float32', rows, values: dataAs(context, tensor, 'float32') }
  const { scale } = scaleOf(context, checkedConstant(context, tensor))
  const values = centered(integerData(context, tensor), tensor.quantization?.zeroPoints ?? [])
  return { kind: 'int8', rows, values, scale }
}

/** Real values of a float32 vector, or of an int8 one that does not change. */
export function realVector(context: AnyContext, tensor: RuntimeTensor, length: number): Float32Array {
  shaped(context, tensor, [length])
  return tensor.type === 'int8'
    ? realValues(checkedConstant(context, tensor))
    : dataAs(context, tensor, 'float32')
}

/** Real values of an optional vector, zeros where it is left out. */
export function realVectorOrZeros(
  context: AnyContext,
  tensor: RuntimeTensor | undefined,
  length: number,
): Float32Array {
  return tensor === undefined ? new Float32Array(length) : realVector(context, tensor, length)
}

function checkedConstant({ kind }: AnyContext, tensor: RuntimeTensor): RuntimeTensor {
  if (tensor.constant) return tensor
  throw new UnsupportedError({
    stage: 'runtime',
    subject: `${kind}, tensor ${tensor.name}`,
    found: 'int8 weights that are computed at run time',
    expected: 'constant weights',
  })
}

/** The shape of vectors of a length, as many as an input has. */
export const vectorsLike = ({ shape }: RuntimeTensor, length: number): Shape => [
  ...shape.slice(0, -1),
  length,
]

/** The shapes of what two directions put out: of one output each, or of one in which their vectors stand behind each other. */
export function directionShapes(
  input: RuntimeTensor,
  lengths: readonly number[],
  merged: boolean,
): readonly Shape[] {
  const outputs = merged ? [lengths.reduce((sum, length) => sum + length, 0)] : lengths
  return outputs.map((length) => vectorsLike(input, length))
}

/**
 * Batches and steps of an input `[batches, steps, length]`, `[steps, batches, length]` or, for a single step, `[batches, length]`.
 *
 * @throws ShapeError for another rank.
 */
export function sequenceOf(context: AnyContext, input: RuntimeTensor, timeMajor: boolean): SequenceGeometry {
  const [first = 0, second = 0] = input.shape
  if (input.shape.length === 2) return { batches: first, steps: 1, timeMajor: false }
  if (input.shape.length !== 3) throw wrongShape(context, input, 'two or three dimensions')
  return timeMajor
    ? { batches: second, steps: first, timeMajor }
    : { batches: first, steps: second, timeMajor }
}
