import { elementCount, seededRandom } from '@quantrx/core'
import type { BuiltinOptions, Model } from '@quantrx/tflite'
import { tinyModel } from '../tiny-model.conformance.ts'
import type { TinyOperator } from '../tiny-model.conformance.ts'

const channels = 16
const outputs = 256

/**
 * A float32 model for tests of threads: convolutions that are divided, coarsely or finely, one of them with fewer rows than threads and
 * one of groups, an operator that the reference computes, and operators too small to divide.
 *
 * @param size height and width of the input; with 2 nothing is worth dividing.
 */
export function threadedModel({ size = 33 }: { readonly size?: number } = {}): Model {
  const random = seededRandom(3)
  const weights = (name: string, shape: readonly number[]) => ({
    ...{ name, shape },
    data: Float32Array.from({ length: elementCount(shape) }, () => random.normal() / 8),
  })
  const image = (name: string) => ({ name, shape: [1, size, size, channels] })
  const few = Math.ceil(size / 16)
  const tensors = [
    ...['input', 'first', 'second', 'activated', 'grouped', 'third'].map(image),
    { name: 'few', shape: [1, few, few, outputs] },
    { name: 'flat', shape: [1, few * few * outputs] },
    { name: 'classes', shape: [1, 10] },
    { name: 'probabilities', shape: [1, 10] },
    weights('first weights', [channels, 3, 3, channels]),
    weights('grouped weights', [channels, 1, 1, channels / 2]),
    weights('few weights', [outputs, 3, 3, channels]),
    weights('class weights', [10, few * few * outputs]),
    image('wave'),
  ]
  const operators: readonly TinyOperator[] = [
    convolution(0, 10, 1),
    convolution(1, 10, 2),
    { kind: 'RELU', inputs: [2], outputs: [3] },
    convolution(3, 11, 4),
    { kind: 'SIN', inputs: [4], outputs: [14] },
    convolution(14, 10, 5),
    convolution(5, 12, 6, 16),
    { kind: 'RESHAPE', inputs: [6], outputs: [7] },
    { kind: 'FULLY_CONNECTED', inputs: [7, 13], outputs: [8] },
    { kind: 'SOFTMAX', inputs: [8], outputs: [9] },
  ]
  return tinyModel(tensors, operators, [0], [9, 2])
}

function convolution(input: number, weights: number, output: number, stride = 1): TinyOperator {
  const options: BuiltinOptions = {
    ...{ kind: 'Conv2DOptions', padding: 'SAME', strideW: stride, strideH: stride },
    ...{
      fusedActivationFunction: 'NONE',
      dilationWFactor: 1,
      dilationHFactor: 1,
      quantizedBiasType: 'FLOAT32',
    },
  }
  return { kind: 'CONV_2D', inputs: [input, weights], outputs: [output], options }
}
