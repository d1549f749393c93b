import { conv2dAccumulate, conv2dFloat32, conv2dGeometry } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { convolutionOperator, convolutionShapes, prepareConvolution } from '../shared/convolution.ts'
import { generateConv2d } from '../shared/generate-convolution.ts'
import { weightedSupports } from '../shared/weights.ts'
import { convolutionOutputShapes } from '../shapes/windows.ts'

const kernels = {
  float32: conv2dFloat32,
  accumulate: conv2dAccumulate,
}

/** CONV_2D, grouped and dilated ones included. */
export const conv2d: OperatorImplementation<'CONV_2D'> = {
  kind: 'CONV_2D',
  atHand: true,
  supports: weightedSupports,
  outputShapes: convolutionOutputShapes,
  prepare(context) {
    const geometry = conv2dGeometry(convolutionShapes(context))
    return prepareConvolution(convolutionOperator(context, geometry.outputChannels), geometry, kernels)
  },
  generate: generateConv2d,
  divides: true,
}
