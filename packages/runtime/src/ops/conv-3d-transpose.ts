import { conv3dTransposeFloat32, volumeGeometry } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { checkOutputShape } from '../shared/element-walk.ts'
import { constantIntegers, inputAt, outputAt } from '../shared/operands.ts'
import { prepareVolume, volumeOptions } from '../shared/volume-convolution.ts'
import { shapeOperand } from '../shapes/given.ts'

/** CONV_3D_TRANSPOSE to a constant shape; filter and bias may be computed at run time. */
export const conv3dTranspose: OperatorImplementation<'CONV_3D_TRANSPOSE'> = {
  kind: 'CONV_3D_TRANSPOSE',
  supports: ['float32'],
  outputShapes: shapeOperand(0),
  prepare(context) {
    const [filter, input, bias] = [inputAt(context, 1), inputAt(context, 2), context.inputs[3]]
    const output = outputAt(context)
    checkOutputShape(context, output, constantIntegers(context, inputAt(context, 0)))
    const shapes = { input: output.shape, filter: filter.shape, output: input.shape }
    const geometry = volumeGeometry('CONV_3D_TRANSPOSE', { ...shapes, ...volumeOptions(context) })
    const [outputChannels, inputChannels] = [filter.shape[3]!, filter.shape[4]!]
    return prepareVolume(
      { context, geometry, input, filter, bias, inputChannels, outputChannels },
      conv3dTransposeFloat32,
    )
  },
}
