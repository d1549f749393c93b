import { elementCount, seededRandom } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import type { BuiltinOptions, Model } from '@quantrx/tflite'
import { graphBuilder } from '../graphs/graph-builder.ts'
import type { GraphBuilder } from '../graphs/graph-builder.ts'

/** `[batches, height, width, channels]` of what the network takes. */
export const separableInput = [1, 224, 224, 3] as const

const classes = 100

/** Channels of a separable convolution, and by how much it divides height and width. */
const blocks = [
  { channels: 16, stride: 1 },
  { channels: 32, stride: 2 },
  { channels: 32, stride: 1 },
  { channels: 64, stride: 2 },
  { channels: 64, stride: 1 },
  { channels: 128, stride: 2 },
  { channels: 128, stride: 1 },
  { channels: 128, stride: 1 },
] as const

/** A feature map and its shape. */
interface Map {
  readonly tensor: number
  readonly shape: readonly [number, number, number, number]
}

/**
 * A float network of the kind of MobileNet (https://arxiv.org/abs/1704.04861) with random weights: a strided convolution, depthwise
 * and 1×1 convolutions in turns, an average over all positions, and a 1×1 convolution to the classes.
 */
export function separableNetwork(): Model {
  const graph = graphBuilder()
  const layers = layerBuilder(graph)
  const input = graph.tensor('image', separableInput)
  let map = layers.convolution('stem', { tensor: input, shape: separableInput }, 8, 3, 2)
  for (const [index, { channels, stride }] of blocks.entries()) {
    map = layers.depthwise(`depthwise ${index}`, map, stride)
    map = layers.convolution(`pointwise ${index}`, map, channels, 1, 1)
  }
  const averaged = layers.average('averaged', map)
  const logits = layers.convolution('logits', averaged, classes, 1, 1, 'NONE')
  const flatShape = graph.constant('flat/shape', [2], Int32Array.of(1, classes))
  const reshape = { kind: 'ReshapeOptions', newShape: [1, classes] } as const
  const flat = graph.add('RESHAPE', [logits.tensor, flatShape], 'flat', [1, classes], reshape)
  const softmax = { kind: 'SoftmaxOptions', beta: 1 } as const
  const probabilities = graph.add('SOFTMAX', [flat], 'class', [1, classes], softmax)
  return graph.model({
    description: 'Separable convolutions with random weights',
    inputs: [{ name: 'image', tensorIndex: input }],
    outputs: [{ name: 'class', tensorIndex: probabilities }],
  })
}

/** Adds layers with random weights, small enough that activations stay in range. */
function layerBuilder({ constant, add }: GraphBuilder) {
  const random = seededRandom(1)
  const parameters = (name: string, shape: Shape, channels: number, inputs: number): readonly number[] => {
    const value = (spread: number) => (): number => (2 * random.next() - 1) * spread
    const filter = Float32Array.from({ length: elementCount(shape) }, value(2 / Math.sqrt(inputs)))
    const bias = Float32Array.from({ length: channels }, value(0.1))
    return [constant(`${name}/filter`, shape, filter), constant(`${name}/bias`, [channels], bias)]
  }
  const strided = (
    [batches, height, width]: Map['shape'],
    stride: number,
    channels: number,
  ): Map['shape'] => [
    ...([batches, Math.ceil(height / stride), Math.ceil(width / stride)] as const),
    channels,
  ]
  return {
    convolution(
      name: string,
      map: Map,
      channels: number,
      size: number,
      stride: number,
      activation: Activation = 'RELU6',
    ): Map {
      const inputs = map.shape[3]
      const shape = strided(map.shape, stride, channels)
      const weights = parameters(name, [channels, size, size, inputs], channels, size * size * inputs)
      const options = {
        kind: 'Conv2DOptions',
        quantizedBiasType: 'FLOAT32',
        ...windowOptions(stride, activation),
      } as const
      return { tensor: add('CONV_2D', [map.tensor, ...weights], name, shape, options), shape }
    },
    depthwise(name: string, map: Map, stride: number): Map {
      const channels = map.shape[3]
      const shape = strided(map.shape, stride, channels)
      const weights = parameters(name, [1, 3, 3, channels], channels, 9)
      const options = {
        kind: 'DepthwiseConv2DOptions',
        depthMultiplier: 1,
        ...windowOptions(stride, 'RELU6'),
      } as const
      return { tensor: add('DEPTHWISE_CONV_2D', [map.tensor, ...weights], name, shape, options), shape }
    },
    average(name: string, { tensor, shape: [batches, height, width, channels] }: Map): Map {
      const shape = [batches, 1, 1, channels] as const
      const options: BuiltinOptions = {
        ...{ kind: 'Pool2DOptions', padding: 'VALID', strideW: 1, strideH: 1 },
        ...{ filterWidth: width, filterHeight: height, fusedActivationFunction: 'NONE' },
      }
      return { tensor: add('AVERAGE_POOL_2D', [tensor], name, shape, options), shape }
    },
  }
}

type Activation = 'RELU6' | 'NONE'

const windowOptions = (stride: number, fusedActivationFunction: Activation) =>
  ({
    padding: 'SAME',
    ...{ dilationWFactor: 1, dilationHFactor: 1 },
    ...{ strideW: stride, strideH: stride, fusedActivationFunction },
  }) as const
