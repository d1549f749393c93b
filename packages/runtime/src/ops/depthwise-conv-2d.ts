import { depthwiseConv2dAccumulate, depthwiseConv2dFloat32, depthwiseConv2dGeometry } from '@quantrx/kernels'
import type { Padding } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { prepareConvolution } from '../shared/convolution.ts'
import { inputAt, outputAt } from '../shared/operands.ts'
import { weightedSupports } from '../shared/weights.ts'

/** DEPTHWISE_CONV_2D, dilated ones and channel multipliers included. */
export const depthwiseConv2d: OperatorImplementation<'DEPTHWISE_CONV_2D'> = {
  kind: 'DEPTHWISE_CONV_2D',
  supports: weightedSupports,
  prepare(context) {
    const { options } = context
    const [input, weights] = [inputAt(context, 0), inputAt(context, 1)]
    const geometry = depthwiseConv2dGeometry({
      input: input.shape,
      filter: weights.shape,
      output: outputAt(context).shape,
      padding: options.padding as Padding,
      strideHeight: options.strideH,
      strideWidth: options.strideW,
      dilationHeight: options.dilationHFactor,
      dilationWidth: options.dilationWFactor,
    })
    const activation = options.fusedActivationFunction
    const operator = {
      context,
      input,
      weights,
      bias: context.inputs[2],
      channels: geometry.outputChannels,
      activation,
    }
    return prepareConvolution(operator, geometry, {
      float32: depthwiseConv2dFloat32,
      accumulate: depthwiseConv2dAccumulate,
    })
  },
}
