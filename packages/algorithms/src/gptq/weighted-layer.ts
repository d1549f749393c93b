import { elementCount } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { conv2dGeometry, depthwiseConv2dGeometry } from '@quantrx/kernels'
import type { ConvolutionGeometry, Padding } from '@quantrx/kernels'
import { operatorKind, optionsOf } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { mainGraph } from '../graph/slice-operators.ts'

/**
 * An operator with weights as one matrix product for each of its groups: at every output position a row of `depth` inputs
 * is multiplied with the weights of each of the group's output channels. A DEPTHWISE_CONV_2D has a group for each input
 * channel, a FULLY_CONNECTED one group and no window.
 */
export interface WeightedLayer {
  readonly groups: number
  /** Weights of an output channel. */
  readonly depth: number
  readonly channels: number
  /** Output positions of a sample. */
  readonly positions: number
  /** Where a weight stands in the tensor. */
  weightAt(channel: number, column: number): number
  /** Writes the inputs of one position, group by group; what lies outside of the input is 0. */
  row(values: ArrayLike<number>, zeroPoint: number, position: number, into: Float64Array): void
}

/** The layer of an operator of the main subgraph; undefined for operators without weights, or of odd shapes. */
export function weightedLayer(model: Model, operatorIndex: number): WeightedLayer | undefined {
  const graph = mainGraph(model)
  const operator = graph.operators?.[operatorIndex]
  if (operator === undefined) return undefined
  const shapeOf = (index = -1): Shape => graph.tensors?.[index]?.shape ?? []
  const [input, weights] = [shapeOf(operator.inputs?.[0]), shapeOf(operator.inputs?.[1])]
  const output = shapeOf(operator.outputs?.[0])
  const kind = operatorKind(model, operator)
  if (kind === 'FULLY_CONNECTED') return fullyConnectedLayer(input, weights)
  if (kind !== 'CONV_2D' && kind !== 'DEPTHWISE_CONV_2D') return undefined
  const options = optionsOf(operator, kind)
  const shapes = {
    ...{ input, filter: weights, output, padding: options.padding as Padding },
    ...{ strideHeight: options.strideH, strideWidth: options.strideW },
    ...{ dilationHeight: options.dilationHFactor, dilationWidth: options.dilationWFactor },
  } as const
  if (kind === 'DEPTHWISE_CONV_2D') {
    const geometry = depthwiseConv2dGeometry(shapes)
    const { outputChannels } = geometry
    return convolutionLayer(
      geometry,
      geometry.inputChannels,
      (channel, tap) => tap * outputChannels + channel,
    )
  }
  const geometry = conv2dGeometry(shapes)
  const depth = elementCount(weights.slice(1))
  return convolutionLayer(geometry, geometry.groups, (channel, column) => channel * depth + column)
}

function fullyConnectedLayer(input: Shape, [channels = 0, depth = 1]: Shape): WeightedLayer {
  return {
    ...{ groups: 1, depth, channels, positions: elementCount(input) / depth },
    weightAt: (channel, column) => channel * depth + column,
    row(values, zeroPoint, position, into) {
      for (let at = 0; at < depth; at++) into[at] = values[position * depth + at]! - zeroPoint
    },
  }
}

function convolutionLayer(
  geometry: ConvolutionGeometry,
  groups: number,
  weightAt: WeightedLayer['weightAt'],
): WeightedLayer {
  const { inputHeight, inputWidth, inputChannels, filterHeight, filterWidth, outputWidth } = geometry
  const perImage = geometry.outputHeight * outputWidth
  const groupDepth = inputChannels / groups
  const depth = filterHeight * filterWidth * groupDepth
  const columnOf = Int32Array.from({ length: inputChannels }, (_, channel) => {
    return Math.floor(channel / groupDepth) * depth + (channel % groupDepth)
  })
  return {
    ...{ groups, depth, channels: geometry.outputChannels, positions: geometry.batches * perImage, weightAt },
    row(values, zeroPoint, position, into) {
      const image = Math.floor(position / perImage)
      const top = Math.floor((position % perImage) / outputWidth) * geometry.strideHeight - geometry.padTop
      const left = (position % outputWidth) * geometry.strideWidth - geometry.padLeft
      for (let tap = 0; tap < filterHeight * filterWidth; tap++) {
        const y = top + Math.floor(tap / filterWidth) * geometry.dilationHeight
        const x = left + (tap % filterWidth) * geometry.dilationWidth
        const inside = y >= 0 && y < inputHeight && x >= 0 && x < inputWidth
        const from = ((image * inputHeight + y) * inputWidth + x) * inputChannels
        const to = tap * groupDepth
        for (let channel = 0; channel < inputChannels; channel++) {
          into[columnOf[channel]! + to] = inside ? values[from + channel]! - zeroPoint : 0
        }
      }
    },
  }
}
