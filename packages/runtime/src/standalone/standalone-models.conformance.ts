import { elementCount, seededRandom } from '@quantrx/core'
import type { Model } from '@quantrx/tflite'
import { tinyModel } from '../tiny-model.conformance.ts'
import type { TinyOperator, TinyTensor } from '../tiny-model.conformance.ts'

const integers = (shape: readonly number[], from: number, to: number, seed: number): readonly number[] => {
  const random = seededRandom(seed)
  return Array.from({ length: elementCount(shape) }, () => from + random.integer(to - from))
}

const activation = (name: string, size: number, scale: number, zeroPoint: number): TinyTensor => ({
  ...{ name, shape: [1, size], type: 'INT8', scale, zeroPoint },
})

const weights = (shape: readonly number[], seed: number): TinyTensor => ({
  ...{ name: 'weights', shape, type: 'INT8', scale: 0.01, zeroPoint: 0 },
  data: Int8Array.from(integers(shape, -127, 128, seed)),
})

const bias = (size: number, seed: number): TinyTensor => ({
  ...{ name: 'bias', shape: [size], type: 'INT32', scale: 0.0005, zeroPoint: 0 },
  data: Int32Array.from(integers([size], -2000, 2000, seed)),
})

const fullyConnected = (input: number, constants: number, output: number): TinyOperator => ({
  ...{ kind: 'FULLY_CONNECTED', inputs: [input, constants, constants + 1], outputs: [output] },
})

/**
 * Two fully connected int8 layers with a bias each, and both of their results as outputs.
 *
 * @param sizes of the input, of the hidden layer and of the output.
 */
export function twoLayers([inputs, hidden, classes]: readonly [number, number, number] = [70, 37, 5]): Model {
  const tensors = [
    activation('input', inputs, 0.05, -3),
    activation('hidden', hidden, 0.25, 4),
    activation('scores', classes, 0.5, -100),
    ...[weights([hidden, inputs], 1), bias(hidden, 2), weights([classes, hidden], 3), bias(classes, 4)],
  ]
  return tinyModel(tensors, [fullyConnected(0, 3, 1), fullyConnected(1, 5, 2)], [0], [2, 1])
}

/** Inputs and outputs of {@link equalLayers}. */
export const layerSize = 24

/** Fully connected int8 layers of equal size and scales, one after the other, with weights of their own. */
export function equalLayers(count: number): Model {
  const activations = Array.from({ length: count + 1 }, (_, at) => activation(`x${at}`, layerSize, 0.1, 3))
  const constants = Array.from({ length: count }, (_, at) => [
    weights([layerSize, layerSize], at),
    bias(layerSize, at),
  ])
  const layers = constants.map((_, at) => fullyConnected(at, count + 1 + 2 * at, at + 1))
  return tinyModel([...activations, ...constants.flat()], layers, [0], [count])
}

/** A float32 layer, and a hybrid one. */
export function floatAndHybrid(): Model {
  const tensors: readonly TinyTensor[] = [
    { name: 'x', shape: [1, 4] },
    { name: 'float', shape: [1, 2] },
    { name: 'hybrid', shape: [1, 2] },
    { name: 'float weights', shape: [2, 4], data: Float32Array.from({ length: 8 }, (_, at) => at) },
    { name: 'bytes', shape: [2, 2], type: 'INT8', scale: 0.1, data: Int8Array.of(1, 2, 3, 4) },
  ]
  const operators: readonly TinyOperator[] = [
    { kind: 'FULLY_CONNECTED', inputs: [0, 3], outputs: [1] },
    { kind: 'FULLY_CONNECTED', inputs: [1, 4], outputs: [2] },
  ]
  return tinyModel(tensors, operators, [0], [2])
}

/** Of two operators, the second of which has no generated code. */
export function reluAndCosine(): Model {
  const tensors = ['x', 'relu', 'cosine'].map((name) => ({ name, shape: [1, 4] }))
  const operators: readonly TinyOperator[] = [
    { kind: 'RELU', inputs: [0], outputs: [1] },
    { kind: 'COS', inputs: [1], outputs: [2] },
  ]
  return tinyModel(tensors, operators, [0], [2])
}
