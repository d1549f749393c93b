import { ShapeError } from '@quantrx/core'
import { normalizeAxis, partWalks } from '@quantrx/kernels'
import type { ElementWalk } from '@quantrx/kernels'
import type { OperatorContext, RuntimeTensor, Step } from '../operator.ts'
import { walkStep } from './element-walk.ts'
import { constantIntegers } from './operands.ts'

type AnyContext = Pick<OperatorContext, 'kind' | 'inputs' | 'outputs'>

/** How an operator cuts a tensor into its outputs. */
export interface PartsOptions {
  readonly input: RuntimeTensor
  /** Negative ones count from the last dimension. */
  readonly axis: number
  /** Sizes of the outputs along the axis; at most one of them may be -1, for what the others leave. */
  readonly sizes: readonly number[]
  /** True when the outputs do not have the dimension, which has size 1 in each of them. */
  readonly dropsAxis?: boolean
}

/**
 * Prepares an operator that cuts a tensor into its outputs along one dimension.
 *
 * @throws ShapeError when the parts do not fill the dimension, or the outputs have other shapes.
 */
export function prepareParts(context: AnyContext, options: PartsOptions): Step {
  const { input, dropsAxis = false } = options
  const axis = normalizeAxis(context.kind, input.shape, options.axis)
  const sizes = completeSizes(options.sizes, input.shape[axis] ?? 1)
  if (sizes.length !== context.outputs.length) throw otherCount(context, sizes.length)
  const dropped = (walk: ElementWalk): ElementWalk =>
    dropsAxis ? { ...walk, shape: walk.shape.filter((_, at) => at !== axis) } : walk
  const steps = partWalks(context.kind, input.shape, axis, sizes).map((walk, at) =>
    walkStep(context, input, context.outputs[at]!, dropped(walk)),
  )
  return () => steps.forEach((step) => step())
}

/**
 * The one constant integer of an operand.
 *
 * @throws UnsupportedError when it is computed at run time.
 * @throws ShapeError when it is not one integer.
 */
export function constantInteger(context: AnyContext, tensor: RuntimeTensor): number {
  const values = constantIntegers(context, tensor)
  const [value] = values
  if (value !== undefined && values.length === 1) return value
  throw new ShapeError({
    stage: 'runtime',
    subject: `${context.kind}, tensor ${tensor.name}`,
    found: `${values.length} values`,
    expected: 'one',
  })
}

function completeSizes(sizes: readonly number[], total: number): readonly number[] {
  const known = sizes.filter((size) => size >= 0).reduce((sum, size) => sum + size, 0)
  return sizes.filter((size) => size === -1).length === 1
    ? sizes.map((size) => (size === -1 ? total - known : size))
    : sizes
}

function otherCount({ kind, outputs }: AnyContext, count: number): ShapeError {
  return new ShapeError({
    stage: 'runtime',
    subject: kind,
    found: `${outputs.length} outputs`,
    expected: `${count}, one for each part`,
  })
}
