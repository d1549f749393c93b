import { activationRange, floatBiasOrder, wasm } from '@quantrx/kernels'
import type { BoundKernel } from '../operator.ts'
import { outputAt } from './operands.ts'
import { floatBias, hasZeroPoints, weightedKind } from './weights.ts'
import type { IntegerWeights, WeightedOperator } from './weights.ts'

/** Combinations of operands that have generated code. */
export type GeneratedKind = 'float32' | 'integer' | 'wide'

/**
 * What the operands form, of the combinations that have generated code: float32, 8 bits, or int16 with 64-bit sums. Weights and bias
 * must be known before an inference, so that they can be packed.
 */
export function generatedKind(operator: WeightedOperator): GeneratedKind | undefined {
  const { input, weights, bias } = operator
  const kind = weightedKind(operator)
  if (!weights.constant || bias?.constant === false || kind === 'hybrid') return undefined
  return input.type === 'int16' && kind !== 'wide' ? undefined : kind
}

/** What happens to the float32 sums of an operator with weights. */
export function floatEpilogue(operator: WeightedOperator): wasm.Epilogue {
  const bias = floatBiasOrder(operator.context.arithmetic, floatBias(operator))
  return wasm.float32Epilogue(bias, activationRange(operator.activation))
}

/**
 * What happens to the integer sums of an operator with weights.
 *
 * @param bias what sums start with: the operator's bias, or one that holds more.
 * @param sums bounds of the sums, as {@link wasm.largestSums} gives them.
 * @param code what the code that sums allows.
 */
export function integerEpilogue(
  { context, input }: WeightedOperator,
  { requantization }: Pick<IntegerWeights, 'requantization'>,
  bias: Int32Array,
  sums: Float64Array,
  code: Pick<wasm.RequantizeEpilogueOptions, 'startsAnywhere' | 'relaxed' | 'centers'>,
): wasm.Epilogue {
  const outputType = input.type === 'int8' ? 'int8' : 'uint8'
  const positions = outputAt(context).data.length / bias.length
  const options = {
    ...requantization,
    bias,
    outputType,
    positions,
    largestSums: sums,
    ...code,
  } as const
  return requantization.arithmetic === 'xnnpack'
    ? wasm.floatRequantizeEpilogue(options)
    : wasm.integerRequantizeEpilogue(options, sums)
}

/** Inputs of integer operators widened, their zero point subtracted. */
export function int16Form(
  { input }: WeightedOperator,
  { inputZeroPoint: zeroPoint }: Pick<IntegerWeights, 'inputZeroPoint'>,
) {
  return { kind: 'int16', signed: input.type === 'int8', zeroPoint } as const
}

/** True when bytes hold all weights whose zero points are subtracted: always, unless a zero point has moved them. */
export function bytesHold({ weights }: WeightedOperator, centered: Int16Array): boolean {
  const unmoved = hasZeroPoints(weights, weights.type === 'uint8' ? 128 : 0)
  return unmoved || centered.every((weight) => weight >= -128 && weight <= 127)
}

/** Sum of the magnitudes of `count` weights, `stride` apart. */
export function magnitude(
  weights: Int16Array | Int8Array,
  from: number,
  stride: number,
  count: number,
): number {
  let sum = 0
  for (let index = 0; index < count; index++) sum += Math.abs(weights[from + index * stride]!)
  return sum
}

/** A kernel with the tensors of its operator. */
export function bindKernel(
  { context, input }: WeightedOperator,
  kernel: wasm.GeneratedKernel | undefined,
): BoundKernel | undefined {
  return kernel === undefined ? undefined : { kernel, inputs: [input], output: outputAt(context) }
}
