import {
  activationRange,
  conv2dAccumulate,
  conv2dFloat32,
  conv2dGeometry,
  convolveHybrid,
  convolveInteger,
} from '@quantrx/kernels'
import type { Padding } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { dataAs, inputAt, integerData, outputAt } from '../shared/operands.ts'
import {
  floatBias,
  hybridWeights,
  integerWeights,
  weightedKind,
  weightedSupports,
} from '../shared/weights.ts'

/** CONV_2D, grouped and dilated ones included. */
export const conv2d: OperatorImplementation<'CONV_2D'> = {
  kind: 'CONV_2D',
  supports: weightedSupports,
  prepare(context) {
    const { options } = context
    const [input, filter, output] = [inputAt(context, 0), inputAt(context, 1), outputAt(context)]
    const geometry = conv2dGeometry({
      input: input.shape,
      filter: filter.shape,
      output: output.shape,
      padding: options.padding as Padding,
      strideHeight: options.strideH,
      strideWidth: options.strideW,
      dilationHeight: options.dilationHFactor,
      dilationWidth: options.dilationWFactor,
    })
    const activation = options.fusedActivationFunction
    const channels = geometry.outputChannels
    const operator = { context, input, weights: filter, bias: context.inputs[2], channels, activation }
    switch (weightedKind(operator)) {
      case 'float32': {
        const [from, to] = [dataAs(context, input, 'float32'), dataAs(context, output, 'float32')]
        const range = activationRange(activation)
        const run = conv2dFloat32({
          geometry,
          filter: dataAs(context, filter, 'float32'),
          bias: floatBias(operator),
          range,
        })
        return () => run(from, to)
      }
      case 'hybrid': {
        const [from, to] = [dataAs(context, input, 'float32'), dataAs(context, output, 'float32')]
        const { weights, filterScales } = hybridWeights(operator)
        const accumulate = conv2dAccumulate(geometry, weights, new Int32Array(channels))
        const scaling = { filterScales, bias: floatBias(operator), range: activationRange(activation) }
        const inputQuantization = filter.quantization?.scales.length === 1 ? 'symmetric' : 'asymmetric'
        const run = convolveHybrid(geometry, accumulate, { ...scaling, inputQuantization })
        return () => run(from, to)
      }
      case 'integer': {
        const [from, to] = [integerData(context, input), integerData(context, output)]
        const { weights, bias, inputZeroPoint, requantize } = integerWeights(operator)
        const accumulate = conv2dAccumulate(geometry, weights, bias)
        const run = convolveInteger(geometry, accumulate, inputZeroPoint, requantize)
        return () => run(from, to)
      }
    }
  },
}
