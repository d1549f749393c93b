import { wasm } from '@quantrx/kernels'
import type { Conv2dGeometry, ConvolutionGeometry } from '@quantrx/kernels'
import type { BoundKernel, GenerateOptions } from '../operator.ts'
import { elementBytes, floatFilter, floatKernel, integerKernel } from './generate-convolution.ts'
import { generateHybridTransposeConv, isHybrid } from './generate-hybrid.ts'
import { bindKernel, generatedKind } from './generate-weighted.ts'
import { wideKernel } from './generate-wide.ts'
import { integerWeights, wideWeights } from './weights.ts'
import type { WeightedOperator } from './weights.ts'

/** TRANSPOSE_CONV as WebAssembly: each of its phases is a convolution with a part of the filter. */
export function generateTransposeConv(
  operator: WeightedOperator,
  geometry: ConvolutionGeometry,
  options: GenerateOptions,
): BoundKernel | undefined {
  if (isHybrid(operator)) return generateHybridTransposeConv(operator, geometry, options)
  const kind = generatedKind(operator)
  if (kind === undefined) return undefined
  const common = { geometry, bytes: elementBytes[kind], share: options.share }
  if (kind === 'float32') {
    const convolution = (_: Conv2dGeometry, filter: Float32Array) => floatKernel(operator, filter, options)
    const kernel = wasm.transposeConvKernel({ ...common, filter: floatFilter(operator), convolution })
    return bindKernel(operator, kernel)
  }
  if (kind === 'wide') {
    const wide = wideWeights(operator)
    const convolution = (_: Conv2dGeometry, weights: Int16Array) =>
      wideKernel(operator, { ...wide, weights }) ?? (() => undefined)
    return bindKernel(operator, wasm.transposeConvKernel({ ...common, filter: wide.weights, convolution }))
  }
  const integers = integerWeights(operator)
  const convolution = (phase: Conv2dGeometry, weights: Int16Array) =>
    integerKernel(operator, { ...integers, weights }, phase, options)
  return bindKernel(operator, wasm.transposeConvKernel({ ...common, filter: integers.weights, convolution }))
}
