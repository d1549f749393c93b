import { elementCount, seededRandom } from '@quantrx/core'
import type { Model } from '@quantrx/tflite'
import { tinyModel } from '../tiny-model.conformance.ts'
import type { TinyTensor } from '../tiny-model.conformance.ts'

/**
 * Two fully connected int8 layers with a bias each, and both of their results as outputs.
 *
 * @param sizes of the input, of the hidden layer and of the output.
 */
export function twoLayers([inputs, hidden, classes]: readonly [number, number, number] = [70, 37, 5]): Model {
  const random = seededRandom(7)
  const integers = (shape: readonly number[], from: number, to: number) =>
    Array.from({ length: elementCount(shape) }, () => from + random.integer(to - from))
  const activation = (name: string, size: number, scale: number, zeroPoint: number): TinyTensor => ({
    ...{ name, shape: [1, size], type: 'INT8', scale, zeroPoint },
  })
  const weights = (shape: readonly number[]): TinyTensor => ({
    ...{ name: 'weights', shape, type: 'INT8', scale: 0.01, zeroPoint: 0 },
    data: Int8Array.from(integers(shape, -127, 128)),
  })
  const bias = (size: number): TinyTensor => ({
    ...{ name: 'bias', shape: [size], type: 'INT32', scale: 0.0005, zeroPoint: 0 },
    data: Int32Array.from(integers([size], -2000, 2000)),
  })
  const tensors = [
    activation('input', inputs, 0.05, -3),
    activation('hidden', hidden, 0.25, 4),
    activation('scores', classes, 0.5, -100),
    ...[weights([hidden, inputs]), bias(hidden), weights([classes, hidden]), bias(classes)],
  ]
  const layer = (from: number, constants: number, to: number) => ({
    ...{ kind: 'FULLY_CONNECTED' as const, inputs: [from, constants, constants + 1], outputs: [to] },
  })
  return tinyModel(tensors, [layer(0, 3, 1), layer(1, 5, 2)], [0], [2, 1])
}

/** A float32 layer and what the reference alone computes: a hybrid layer and one of weights that are no constants. */
export function floatAndHybrid(): Model {
  const tensors: readonly TinyTensor[] = [
    { name: 'x', shape: [1, 4] },
    { name: 'float', shape: [1, 2] },
    { name: 'hybrid', shape: [1, 2] },
    { name: 'float weights', shape: [2, 4], data: Float32Array.from({ length: 8 }, (_, at) => at) },
    { name: 'bytes', shape: [2, 2], type: 'INT8', scale: 0.1, data: Int8Array.of(1, 2, 3, 4) },
  ]
  const operators = [
    { kind: 'FULLY_CONNECTED' as const, inputs: [0, 3], outputs: [1] },
    { kind: 'FULLY_CONNECTED' as const, inputs: [1, 4], outputs: [2] },
  ]
  return tinyModel(tensors, operators, [0], [2])
}
