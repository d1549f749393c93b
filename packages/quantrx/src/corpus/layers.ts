import type { BuiltinOptions } from '@quantrx/tflite'
import type { GraphBuilder } from './model-builder.ts'

/** A convolution with a window of `size`, random weights and a bias, on `[1, height, width, channels]`. */
export function convolve(
  g: GraphBuilder,
  input: number,
  layer: {
    readonly name: string
    readonly size: 1 | 3
    readonly from: number
    /** Height and width of the output. */
    readonly side: number
    readonly channels: number
    readonly stride?: number
    readonly activation?: 'RELU6' | 'NONE'
    readonly open?: boolean
  },
): number {
  const { name, size, from, side, channels, stride = 1, activation = 'RELU6', open = false } = layer
  const weights = g.weights(`${name} weights`, [channels, size, size, from])
  const options: BuiltinOptions = {
    ...{ kind: 'Conv2DOptions', padding: 'SAME', strideW: stride, strideH: stride },
    ...{ fusedActivationFunction: activation, quantizedBiasType: 'FLOAT32' },
    ...{ dilationWFactor: 1, dilationHFactor: 1 },
  }
  const details = open ? { signature: [-1, side, side, channels] } : {}
  const operands = [input, weights, g.weights(`${name} bias`, [channels])]
  return g.add('CONV_2D', operands, [[name, [1, side, side, channels], details]], options)[0]!
}

/** A fully connected layer of random weights, with a bias or without, on rows. */
export function connect(
  g: GraphBuilder,
  input: number,
  layer: {
    readonly name: string
    readonly depth: number
    /** Shape of the output. */
    readonly shape: readonly number[]
    readonly bias?: boolean
    readonly signature?: readonly number[]
  },
): number {
  const { name, depth, shape, bias = true, signature } = layer
  const units = shape.at(-1)!
  const options: BuiltinOptions = {
    ...{ kind: 'FullyConnectedOptions', fusedActivationFunction: 'NONE', weightsFormat: 'DEFAULT' },
    ...{ keepNumDims: shape.length > 2, asymmetricQuantizeInputs: false, quantizedBiasType: 'FLOAT32' },
  }
  const weights = g.weights(`${name} weights`, [units, depth])
  const operands = [input, weights, bias ? g.weights(`${name} bias`, [units]) : -1]
  return g.add(
    'FULLY_CONNECTED',
    operands,
    [[name, shape, signature === undefined ? {} : { signature }]],
    options,
  )[0]!
}

/** Options of an addition. */
export const addition: BuiltinOptions = {
  kind: 'AddOptions',
  fusedActivationFunction: 'NONE',
  potScaleInt16: true,
}

/** Options of a reduction that drops its dimensions. */
export const reduction: BuiltinOptions = { kind: 'ReducerOptions', keepDims: false }
