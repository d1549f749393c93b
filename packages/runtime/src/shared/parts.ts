import { ShapeError } from '@quantrx/core'
import { normalizeAxis, partWalks } from '@quantrx/kernels'
import type { ElementWalk } from '@quantrx/kernels'
import type { BuiltinOperator } from '@quantrx/tflite'
import type { OperatorContext, OperatorImplementation, RuntimeTensor } from '../operator.ts'
import { anyType, checkWalk, walkStep } from './element-walk.ts'
import { generateWalk } from './generate-walk.ts'
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
 * An operator that cuts a tensor into its outputs along one dimension.
 *
 * Errors: ShapeError when the parts do not fill the dimension, or the outputs have other shapes.
 */
export function partsOperator<Kind extends BuiltinOperator>(
  kind: Kind,
  optionsOf: (context: OperatorContext<Kind>) => PartsOptions,
): OperatorImplementation<Kind> {
  return {
    kind,
    supports: anyType,
    outputShapes: (context) => walksOf(context, optionsOf(context)).map(({ shape }) => shape),
    prepare(context) {
      const options = optionsOf(context)
      const steps = walksOf(context, options).map((walk, at) =>
        walkStep(context, options.input, context.outputs[at]!, walk),
      )
      return () => steps.forEach((step) => step())
    },
    divides: true,
    generate(context, options) {
      const parts = optionsOf(context)
      const walks = walksOf(context, parts)
      walks.forEach((walk, at) => checkWalk(context, parts.input, context.outputs[at]!, walk))
      return generateWalk(parts.input, context.outputs, walks, options)
    },
  }
}

function walksOf(context: AnyContext, options: PartsOptions): readonly ElementWalk[] {
  const { input, dropsAxis = false } = options
  const axis = normalizeAxis(context.kind, input.shape, options.axis)
  const sizes = completeSizes(options.sizes, input.shape[axis] ?? 1)
  if (sizes.length !== context.outputs.length) throw otherCount(context, sizes.length)
  const walks = partWalks(context.kind, input.shape, axis, sizes)
  if (!dropsAxis) return walks
  return walks.map((walk) => ({ ...walk, shape: walk.shape.filter((_, at) => at !== axis) }))
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
