import type { ElementsMap, wasm } from '@quantrx/kernels'
import type { BuiltinOperator, OptionsOf } from '@quantrx/tflite'
import type {
  BoundKernel,
  GenerateOptions,
  OperatorContext,
  OperatorImplementation,
  Step,
} from '../operator.ts'
import { bindUnary, generateStored } from './generate-unary.ts'
import type { ShortCode } from './generate-unary.ts'
import { inputAt, outputAt, unsupportedTypes } from './operands.ts'
import { checkUnary, prepareStored } from './unary.ts'
import type { UnaryKernels } from './unary.ts'

/** Kernels of a function of one element, by the type of its input and output; `stored` for quantized integers. */
export interface MapKernels {
  readonly float32?: ElementsMap<number>
  readonly int32?: ElementsMap<number>
  readonly int64?: ElementsMap<bigint>
  readonly bool?: ElementsMap<number>
  readonly stored?: UnaryKernels['stored']
  /** Generated code for int16. */
  readonly shorts?: ShortCode
}

/** Generated code for a number of float32; undefined for options that only the kernel computes. */
export type Float32Code<Kind extends BuiltinOperator> = (
  elements: number,
  share: wasm.Share | undefined,
  options: OptionsOf<Kind>,
) => wasm.GeneratedKernel | undefined

/**
 * An operator that computes each output from the input at the same place, and has generated code for 8-bit integers, and for
 * float32 where it is given.
 */
export function mapOperator<Kind extends BuiltinOperator>(
  kind: Kind,
  supports: readonly string[],
  kernelsOf: (options: OptionsOf<Kind>) => MapKernels,
  float32Code?: Float32Code<Kind>,
): OperatorImplementation<Kind> {
  const prepare = (context: OperatorContext<Kind>): Step =>
    prepareMap(context, supports, kernelsOf(context.options))
  if (!supports.includes('int8') && float32Code === undefined) return { kind, supports, prepare }
  return {
    kind,
    supports,
    prepare,
    divides: true,
    generate(context, options) {
      checkUnary(context, supports)
      const { type, data } = inputAt(context, 0)
      if (type === 'float32')
        return bindUnary(context, float32Code?.(data.length, options.share, context.options))
      return generateIntegers(context, options, supports, kernelsOf(context.options))
    },
  }
}

function prepareMap(context: OperatorContext, supports: readonly string[], kernels: MapKernels): Step {
  checkUnary(context, supports)
  const [input, output] = [inputAt(context, 0), outputAt(context)]
  const run = (kernels as Readonly<Record<string, ElementsMap<unknown> | undefined>>)[input.type]
  if (run === undefined) return prepareStored(context, supports, storedOf(context, supports, kernels))
  const [from, to] = [input.data, output.data]
  return () => run(from, to)
}

function generateIntegers(
  context: OperatorContext,
  options: GenerateOptions,
  supports: readonly string[],
  kernels: MapKernels,
): BoundKernel | undefined {
  if (inputAt(context, 0).type in kernels) return undefined
  const stored = storedOf(context, supports, kernels)
  return generateStored(context, options, supports, { ...kernels, stored })
}

function storedOf(
  context: OperatorContext,
  supports: readonly string[],
  { stored }: MapKernels,
): UnaryKernels['stored'] {
  if (stored !== undefined) return stored
  throw unsupportedTypes(context, supports)
}
