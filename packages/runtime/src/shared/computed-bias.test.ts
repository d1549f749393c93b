import type { Tensor } from '@quantrx/core'
import type { BuiltinOptions } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { compile } from '../compile.ts'
import { tinyModel } from '../tiny-model.conformance.ts'
import type { TinyTensor } from '../tiny-model.conformance.ts'

const window = { padding: 'VALID', strideW: 1, strideH: 1, fusedActivationFunction: 'NONE' } as const
const dilation = { dilationWFactor: 1, dilationHFactor: 1 } as const
const image = [1, 1, 1, 2]
const float = (name: string, shape: readonly number[], ...data: number[]): TinyTensor => ({
  ...{ name, shape },
  ...(data.length === 0 ? {} : { data: Float32Array.from(data) }),
})

/** Operators with weights that are 1 on the way from each channel to itself, by shape of the input. */
const layers: Readonly<
  Record<string, { shape: readonly number[]; weights: TinyTensor; options: BuiltinOptions }>
> = {
  CONV_2D: {
    shape: image,
    weights: float('w', [2, 1, 1, 2], 1, 0, 0, 1),
    options: { kind: 'Conv2DOptions', ...window, ...dilation, quantizedBiasType: 'FLOAT32' },
  },
  DEPTHWISE_CONV_2D: {
    shape: image,
    weights: float('w', image, 1, 1),
    options: { kind: 'DepthwiseConv2DOptions', ...window, ...dilation, depthMultiplier: 1 },
  },
  FULLY_CONNECTED: {
    shape: [1, 2],
    weights: float('w', [2, 2], 1, 0, 0, 1),
    options: {
      ...{ kind: 'FullyConnectedOptions', fusedActivationFunction: 'NONE', weightsFormat: 'DEFAULT' },
      ...{ keepNumDims: false, asymmetricQuantizeInputs: false, quantizedBiasType: 'FLOAT32' },
    },
  },
}

it.each(
  Object.keys(layers).flatMap((kind) =>
    (['tflite', 'xnnpack'] as const).map((each) => [kind, each] as const),
  ),
)('%s adds the bias of each run in %s arithmetic, where one is computed', async (kind, arithmetic) => {
  const { shape, weights, options } = layers[kind]!
  const model = tinyModel(
    [float('x', shape), weights, float('given', [2]), float('bias', [2]), float('y', shape)],
    [
      { kind: 'NEG', inputs: [2], outputs: [3] },
      { kind: kind as 'CONV_2D', inputs: [0, 1, 3], outputs: [4], options },
    ],
    [0, 2],
    [4],
  )
  const program = await compile(model, { arithmetic })
  const run = (...given: number[]) => {
    const x: Tensor = { type: 'float32', shape, data: Float32Array.of(10, 20) }
    const bias: Tensor = { type: 'float32', shape: [2], data: Float32Array.from(given) }
    return Array.from(program.run([x, bias])[0]!.data as Float32Array)
  }
  expect(run(1, 2)).toEqual([9, 18])
  expect(run(-3, 5)).toEqual([13, 15])
})
