import { ShapeError, formatShape } from '@quantrx/core'
import { activationRange } from '@quantrx/kernels'
import type { Conv3dKernel, Conv3dParameters, Padding, VolumeGeometry, VolumeShapes } from '@quantrx/kernels'
import type { OperatorContext, RuntimeTensor, Step } from '../operator.ts'
import { dataAs, outputAt } from './operands.ts'

type VolumeContext = OperatorContext<'CONV_3D' | 'CONV_3D_TRANSPOSE'>

/** Steps and padding of a convolution in three dimensions, in the order depth, height, width. */
export function volumeOptions({
  options,
}: VolumeContext): Pick<VolumeShapes, 'padding' | 'strides' | 'dilations'> {
  return {
    padding: options.padding as Padding,
    strides: [options.strideD, options.strideH, options.strideW],
    dilations: [options.dilationDFactor, options.dilationHFactor, options.dilationWFactor],
  }
}

/** The tensors of a convolution in three dimensions, and how many channels its filter says that they have. */
export interface VolumeOperator {
  readonly context: VolumeContext
  readonly geometry: VolumeGeometry
  readonly input: RuntimeTensor
  readonly filter: RuntimeTensor
  readonly bias: RuntimeTensor | undefined
  readonly inputChannels: number
  readonly outputChannels: number
}

/**
 * Binds a kernel to the memory of a convolution in three dimensions.
 *
 * @throws ShapeError when channels differ.
 */
export function prepareVolume(
  operator: VolumeOperator,
  kernel: (parameters: Conv3dParameters) => Conv3dKernel,
): Step {
  const { context, geometry, input, filter, bias, inputChannels, outputChannels } = operator
  checkChannels(operator)
  const range = activationRange(context.options.fusedActivationFunction)
  const run = kernel({ geometry, inputChannels, outputChannels, range })
  const [from, weights] = [dataAs(context, input, 'float32'), dataAs(context, filter, 'float32')]
  const added = bias === undefined ? undefined : dataAs(context, bias, 'float32')
  const to = dataAs(context, outputAt(context), 'float32')
  return () => run(from, weights, added, to)
}

function checkChannels({
  context,
  input,
  filter,
  bias,
  inputChannels,
  outputChannels,
}: VolumeOperator): void {
  const output = outputAt(context)
  const fits = input.shape[4] === inputChannels && output.shape[4] === outputChannels
  if (fits && (bias === undefined || bias.data.length === outputChannels)) return
  throw new ShapeError({
    stage: 'runtime',
    subject: context.kind,
    found: `input ${formatShape(input.shape)}, filter ${formatShape(filter.shape)}, ${bias?.data.length ?? 'no'} biases and output ${formatShape(output.shape)}`,
    expected: `${inputChannels} channels of input, ${outputChannels} of output and bias, as the filter has`,
  })
}
