import { wasm } from '@quantrx/kernels'
import type { BoundKernel, GenerateOptions, OperatorContext } from '../operator.ts'
import { inputAt, outputAt } from './operands.ts'
import { checkOutputCount, constantAxes, extremeType } from './reduction.ts'

type AnyContext = Pick<OperatorContext, 'kind' | 'inputs' | 'outputs'>

/**
 * A reduction over constant axes as WebAssembly.
 *
 * @param reductionOf What it makes of the elements that become one output; undefined for what only the step computes.
 * @returns undefined, too, for axes in more than two places, and for inputs without elements.
 * @throws ShapeError for axes that the input does not have, or another number of outputs.
 */
export function generateReduction(
  context: AnyContext,
  { share }: GenerateOptions,
  reductionOf: () => wasm.WindowReduction | undefined,
): BoundKernel | undefined {
  const [input, output] = [inputAt(context, 0), outputAt(context)]
  const axes = wasm.reducedAxes(context.kind, input.shape, constantAxes(context))
  const reduction = reductionOf()
  if (axes === undefined || reduction === undefined || input.data.length === 0) return undefined
  checkOutputCount(
    context,
    axes.kept.reduce((total, { size }) => total * size, axes.channels),
  )
  return { kernel: wasm.reductionKernel(axes, reduction, share), inputs: [input], output }
}

/** REDUCE_MAX or REDUCE_MIN as WebAssembly, but for integers of more than 16 bits. */
export function generateExtreme(
  context: AnyContext,
  options: GenerateOptions,
  which: 'largest' | 'smallest',
): BoundKernel | undefined {
  return generateReduction(context, options, () => {
    const type = extremeType(context)
    return type === 'float32' || type === 'int8' || type === 'uint8' || type === 'int16'
      ? wasm.extremeReduction(which, type)
      : undefined
  })
}
