import { conv2dAccumulate, conv2dFloat32, conv2dGeometry } from '@quantrx/kernels'
import type { Padding } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { prepareConvolution } from '../shared/convolution.ts'
import { inputAt, outputAt } from '../shared/operands.ts'
import { weightedSupports } from '../shared/weights.ts'

/** CONV_2D, grouped and dilated ones included. */
export const conv2d: OperatorImplementation<'CONV_2D'> = {
  kind: 'CONV_2D',
  supports: weightedSupports,
  prepare(context) {
    const { options } = context
    const [input, weights] = [inputAt(context, 0), inputAt(context, 1)]
    const geometry = conv2dGeometry({
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
    return prepareConvolution(operator, geometry, { float32: conv2dFloat32, accumulate: conv2dAccumulate })
  },
}
