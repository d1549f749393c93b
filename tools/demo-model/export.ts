import type { BuiltinOptions, Model } from '@quantrx/tflite'
import { graphBuilder } from '../graphs/graph-builder.ts'
import type { GraphBuilder } from '../graphs/graph-builder.ts'
import { imageSize } from './dataset.ts'
import type { Weights } from './network.ts'

const pixelScale = 255

const convolution = { padding: 'SAME', dilationWFactor: 1, dilationHFactor: 1 } as const
const pool = {
  kind: 'Pool2DOptions',
  padding: 'VALID',
  strideW: 2,
  strideH: 2,
  filterWidth: 2,
  filterHeight: 2,
  fusedActivationFunction: 'NONE',
} as const

/**
 * The trained network as a float model that takes raw pixels, 0 to 255: the first convolution absorbs the scaling.
 * Filters go from `[height, width, in, out]` to the file's `[out, height, width, in]`.
 */
export function exportModel(weights: Weights): Model {
  const graph = graphBuilder()
  const input = graph.tensor('image', [1, imageSize, imageSize, 1])
  const features = addFeatures(graph, weights, input)
  const probabilities = addClassifier(graph, weights, features)
  return graph.model({
    description: 'Handwritten-like digits, drawn and trained by quantrx',
    inputs: [{ name: 'image', tensorIndex: input }],
    outputs: [{ name: 'digit', tensorIndex: probabilities }],
  })
}

const [half, quarter, eighth] = [imageSize / 2, imageSize / 4, imageSize / 8]

/** The convolutions: a strided stem, a separable convolution, and a residual block at half its size. */
function addFeatures({ constant, add }: GraphBuilder, weights: Weights, input: number): number {
  const stemFilter = outputFirst(weights.stemFilter, 8).map((weight) => weight / pixelScale)
  const stemWeights = [
    constant('stem/filter', [8, 3, 3, 1], stemFilter),
    constant('stem/bias', [8], weights.stemBias),
  ]
  const stem = add('CONV_2D', [input, ...stemWeights], 'stem', [1, half, half, 8], conv2dOptions(2, 'RELU'))
  const depthwiseWeights = [
    constant('depthwise/filter', [1, 3, 3, 8], weights.depthwiseFilter),
    constant('depthwise/bias', [8], weights.depthwiseBias),
  ]
  const depthwise = add('DEPTHWISE_CONV_2D', [stem, ...depthwiseWeights], 'depthwise', [1, half, half, 8], {
    ...convolution,
    ...{
      kind: 'DepthwiseConv2DOptions',
      strideW: 1,
      strideH: 1,
      depthMultiplier: 1,
      fusedActivationFunction: 'RELU6',
    },
  })
  const pointwiseWeights = [
    constant('pointwise/filter', [16, 1, 1, 8], outputFirst(weights.pointwiseFilter, 16)),
    constant('pointwise/bias', [16], weights.pointwiseBias),
  ]
  const pointwiseShape = [1, half, half, 16]
  const pointwise = add(
    'CONV_2D',
    [depthwise, ...pointwiseWeights],
    'pointwise',
    pointwiseShape,
    conv2dOptions(1, 'RELU'),
  )
  const shape = [1, quarter, quarter, 16]
  const pooled = add('MAX_POOL_2D', [pointwise], 'pooled', shape, pool)
  const branchWeights = [
    constant('branch/filter', [16, 3, 3, 16], outputFirst(weights.residualFilter, 16)),
    constant('branch/bias', [16], weights.residualBias),
  ]
  const branch = add('CONV_2D', [pooled, ...branchWeights], 'branch', shape, conv2dOptions(1, 'RELU'))
  const addOptions = { kind: 'AddOptions', fusedActivationFunction: 'NONE', potScaleInt16: true } as const
  return add('ADD', [pooled, branch], 'sum', shape, addOptions)
}

/** Pooling, one fully connected layer, and probabilities. */
function addClassifier({ constant, add }: GraphBuilder, weights: Weights, features: number): number {
  const averaged = add('AVERAGE_POOL_2D', [features], 'averaged', [1, eighth, eighth, 16], pool)
  const flatSize = eighth * eighth * 16
  const flatShape = constant('flat/shape', [2], Int32Array.of(1, flatSize))
  const reshape = { kind: 'ReshapeOptions', newShape: [1, flatSize] } as const
  const flat = add('RESHAPE', [averaged, flatShape], 'flat', [1, flatSize], reshape)
  const denseWeights = [
    constant('dense/weights', [10, flatSize], outputFirst(weights.denseWeights, 10)),
    constant('dense/bias', [10], weights.denseBias),
  ]
  const dense = add('FULLY_CONNECTED', [flat, ...denseWeights], 'dense', [1, 10], {
    ...{ kind: 'FullyConnectedOptions', fusedActivationFunction: 'NONE', weightsFormat: 'DEFAULT' },
    ...{ keepNumDims: false, asymmetricQuantizeInputs: false, quantizedBiasType: 'FLOAT32' },
  })
  return add('SOFTMAX', [dense], 'digit', [1, 10], { kind: 'SoftmaxOptions', beta: 1 })
}

const conv2dOptions = (stride: number, activation: 'RELU' | 'NONE'): BuiltinOptions => ({
  ...convolution,
  kind: 'Conv2DOptions',
  strideW: stride,
  strideH: stride,
  fusedActivationFunction: activation,
  quantizedBiasType: 'FLOAT32',
})

/** Moves the last dimension, of `outputs` elements, to the front. */
function outputFirst(weights: Float32Array, outputs: number): Float32Array {
  const inner = weights.length / outputs
  return Float32Array.from(weights, (_, at) => weights[(at % inner) * outputs + Math.floor(at / inner)]!)
}
