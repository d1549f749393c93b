import { conv3dFloat32, volumeExtent, volumeGeometry } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { inputAt, outputAt } from '../shared/operands.ts'
import { prepareVolume, volumeOptions } from '../shared/volume-convolution.ts'

/** CONV_3D; filter and bias may be computed at run time. */
export const conv3d: OperatorImplementation<'CONV_3D'> = {
  kind: 'CONV_3D',
  supports: ['float32'],
  outputShapes(context) {
    const [input, filter] = [inputAt(context, 0).shape, inputAt(context, 1).shape]
    return [[...volumeExtent('CONV_3D', { input, filter, ...volumeOptions(context) }), filter[4]!]]
  },
  prepare(context) {
    const [input, filter, bias] = [inputAt(context, 0), inputAt(context, 1), context.inputs[2]]
    const shapes = { input: input.shape, filter: filter.shape, output: outputAt(context).shape }
    const geometry = volumeGeometry('CONV_3D', { ...shapes, ...volumeOptions(context) })
    const [inputChannels, outputChannels] = [filter.shape[3]!, filter.shape[4]!]
    return prepareVolume(
      { context, geometry, input, filter, bias, inputChannels, outputChannels },
      conv3dFloat32,
    )
  },
}
