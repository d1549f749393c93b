import { builtinCodeFields } from '@quantrx/tflite'
import type { BuiltinOperator, Model } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { layerWork } from './layer-work.ts'

/** A model of one operator with these shapes of input, weights and output. */
function modelOf(kind: BuiltinOperator, ...shapes: readonly (readonly number[])[]): Model {
  return {
    operatorCodes: [builtinCodeFields(kind)],
    subgraphs: [
      {
        tensors: shapes.map((shape) => ({ shape, type: 'INT8' })),
        operators: [{ opcodeIndex: 0, inputs: [0, 1], outputs: [2] }],
      },
    ],
  } as unknown as Model
}

it('counts products of every input channel in a convolution', () => {
  expect(layerWork(modelOf('CONV_2D', [1, 8, 8, 4], [16, 3, 5, 4], [1, 8, 8, 16]), 0)).toEqual({
    ...{ kind: 'CONV_2D', filter: [3, 5], positions: 64, terms: 60, products: 64 * 16 * 60 },
  })
})

it('counts those of one channel in a depthwise convolution', () => {
  expect(layerWork(modelOf('DEPTHWISE_CONV_2D', [1, 8, 8, 4], [1, 3, 3, 4], [1, 4, 4, 4]), 0)).toEqual({
    ...{ kind: 'DEPTHWISE_CONV_2D', filter: [3, 3], positions: 16, terms: 9, products: 16 * 4 * 9 },
  })
})

it('counts those of a row of weights in a fully connected operator', () => {
  expect(layerWork(modelOf('FULLY_CONNECTED', [1, 64], [10, 64], [1, 10]), 0)).toEqual({
    ...{ kind: 'FULLY_CONNECTED', filter: [1, 1], positions: 1, terms: 64, products: 640 },
  })
})

it('finds no products elsewhere', () => {
  expect(layerWork(modelOf('ADD', [1, 4], [1, 4], [1, 4]), 0)).toBe(undefined)
  expect(layerWork(modelOf('CONV_2D', [1], [1], [1]), 1)).toBe(undefined)
})
