import { depthwiseConv2dAccumulate, depthwiseConv2dFloat32, depthwiseConv2dGeometry } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { convolutionOperator, convolutionShapes, prepareConvolution } from '../shared/convolution.ts'
import { generateDepthwiseConv2d } from '../shared/generate-depthwise.ts'
import { weightedSupports } from '../shared/weights.ts'
import { convolutionOutputShapes } from '../shapes/windows.ts'

const kernels = {
  float32: depthwiseConv2dFloat32,
  accumulate: depthwiseConv2dAccumulate,
}

/** DEPTHWISE_CONV_2D, dilated ones and channel multipliers included. */
export const depthwiseConv2d: OperatorImplementation<'DEPTHWISE_CONV_2D'> = {
  kind: 'DEPTHWISE_CONV_2D',
  atHand: true,
  supports: weightedSupports,
  outputShapes: convolutionOutputShapes,
  prepare(context) {
    const geometry = depthwiseConv2dGeometry(convolutionShapes(context))
    return prepareConvolution(convolutionOperator(context, geometry.outputChannels), geometry, kernels)
  },
  generate: generateDepthwiseConv2d,
  divides: true,
}
