import { transposeConvAccumulate, transposeConvFloat32, transposeConvGeometry } from '@quantrx/kernels'
import type { ConvolutionGeometry, Padding } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { prepareConvolution } from '../shared/convolution.ts'
import { generateTransposeConv } from '../shared/generate-transpose-conv.ts'
import { checkOutputShape } from '../shared/element-walk.ts'
import { constantIntegers, inputAt, outputAt } from '../shared/operands.ts'
import { weightedSupports } from '../shared/weights.ts'
import type { WeightedOperator } from '../shared/weights.ts'
import { shapeOperand } from '../shapes/given.ts'

const kernels = { float32: transposeConvFloat32, accumulate: transposeConvAccumulate }

/** TRANSPOSE_CONV, with or without a bias; the shape of its output is a constant operand. */
export const transposeConv: OperatorImplementation<'TRANSPOSE_CONV'> = {
  kind: 'TRANSPOSE_CONV',
  supports: weightedSupports,
  outputShapes: shapeOperand(0),
  prepare(context) {
    const geometry = geometryOf(context)
    return prepareConvolution(operatorOf(context, geometry), geometry, kernels)
  },
  generate(context, options) {
    const geometry = geometryOf(context)
    return generateTransposeConv(operatorOf(context, geometry), geometry, options)
  },
  divides: true,
}

type TransposeConvContext = OperatorContext<'TRANSPOSE_CONV'>

function geometryOf(context: TransposeConvContext): ConvolutionGeometry {
  const { padding, strideH: strideHeight, strideW: strideWidth } = context.options
  const output = constantIntegers(context, inputAt(context, 0))
  checkOutputShape(context, outputAt(context), output)
  return transposeConvGeometry({
    input: inputAt(context, 2).shape,
    filter: inputAt(context, 1).shape,
    output,
    padding: padding as Padding,
    ...{ strideHeight, strideWidth },
  })
}

function operatorOf(context: TransposeConvContext, geometry: ConvolutionGeometry): WeightedOperator {
  const { filterHeight, filterWidth, strideHeight, strideWidth, outputChannels: channels } = geometry
  const gaps = filterHeight < strideHeight || filterWidth < strideWidth
  return {
    context,
    input: inputAt(context, 2),
    weights: inputAt(context, 1),
    bias: context.inputs[3],
    channels,
    activation: context.options.fusedActivationFunction,
    builtin: gaps && context.options.padding === 'SAME',
  }
}
