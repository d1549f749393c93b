import { seededRandom } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { conv2dAccumulate } from './accumulate.ts'
import { conv2dFloat32 } from './float32.ts'
import { conv2dGeometry } from './geometry.ts'
import type { Conv2dGeometry } from './geometry.ts'

const noLimits = { min: -Infinity, max: Infinity }

/** Shapes that are odd in every way: strides, dilations, groups, windows larger than their input. */
function randomGeometry(seed: number): Conv2dGeometry {
  const random = seededRandom(seed)
  const groups = 1 + random.integer(3)
  const depth = 1 + random.integer(4)
  const [height, width] = [3 + random.integer(6), 3 + random.integer(6)]
  const [strideHeight, strideWidth] = [1 + random.integer(3), 1 + random.integer(3)]
  const outputChannels = groups * (1 + random.integer(6))
  const output = [2, Math.ceil(height / strideHeight), Math.ceil(width / strideWidth), outputChannels]
  return conv2dGeometry({
    input: [2, height, width, groups * depth],
    filter: [outputChannels, 1 + random.integer(4), 1 + random.integer(4), depth],
    output,
    padding: 'SAME',
    strideHeight,
    strideWidth,
    dilationHeight: 1 + random.integer(2),
    dilationWidth: 1 + random.integer(2),
  })
}

/** The definition, one product after the other. */
function naive(
  g: Conv2dGeometry,
  input: ArrayLike<number>,
  filter: ArrayLike<number>,
  bias: ArrayLike<number>,
): number[] {
  const depth = g.inputChannels / g.groups
  const output: number[] = []
  for (let at = 0; at < g.batches * g.outputHeight * g.outputWidth * g.outputChannels; at++) {
    const channel = at % g.outputChannels
    const column = Math.floor(at / g.outputChannels) % g.outputWidth
    const row = Math.floor(at / g.outputChannels / g.outputWidth) % g.outputHeight
    const batch = Math.floor(at / g.outputChannels / g.outputWidth / g.outputHeight)
    const group = Math.floor(channel / (g.outputChannels / g.groups))
    let sum = 0
    for (let k = 0; k < g.filterHeight * g.filterWidth * depth; k++) {
      const y = row * g.strideHeight - g.padTop + Math.floor(k / depth / g.filterWidth) * g.dilationHeight
      const x = column * g.strideWidth - g.padLeft + (Math.floor(k / depth) % g.filterWidth) * g.dilationWidth
      if (y < 0 || y >= g.inputHeight || x < 0 || x >= g.inputWidth) continue
      const from =
        ((batch * g.inputHeight + y) * g.inputWidth + x) * g.inputChannels + group * depth + (k % depth)
      sum += input[from]! * filter[channel * g.filterHeight * g.filterWidth * depth + k]!
    }
    output.push(sum + bias[channel]!)
  }
  return output
}

describe('CONV_2D equals its definition', () => {
  it.each(Array.from({ length: 40 }, (_, seed) => seed))('shape %i', (seed) => {
    const geometry = randomGeometry(seed)
    const random = seededRandom(seed + 100)
    const integers = (length: number): number[] => Array.from({ length }, () => random.integer(511) - 255)
    const input = integers(2 * geometry.inputHeight * geometry.inputWidth * geometry.inputChannels)
    const depth = geometry.inputChannels / geometry.groups
    const filter = integers(geometry.outputChannels * geometry.filterHeight * geometry.filterWidth * depth)
    const bias = integers(geometry.outputChannels)
    const expected = naive(geometry, input, filter, bias)

    const sums: number[] = []
    const accumulate = conv2dAccumulate(geometry, Int16Array.from(filter), Int32Array.from(bias))
    accumulate(Int16Array.from(input), (accumulators) => sums.push(...accumulators))
    expect(sums).toEqual(expected)

    // Integers of this size are exact in float32, so the order of additions does not matter here.
    const output = new Float32Array(expected.length)
    const parameters = {
      geometry,
      filter: Float32Array.from(filter),
      bias: Float32Array.from(bias),
      range: noLimits,
      arithmetic: 'tflite' as const,
    }
    conv2dFloat32(parameters)(Float32Array.from(input), output)
    expect(Array.from(output)).toEqual(expected)
  })
})

it('adds products in order from 0 and the bias last, each step rounded to float32', () => {
  const shapes = {
    input: [1, 1, 1, 3],
    filter: [1, 1, 1, 3],
    output: [1, 1, 1, 1],
    padding: 'VALID' as const,
  }
  const steps = { strideHeight: 1, strideWidth: 1, dilationHeight: 1, dilationWidth: 1 }
  const geometry = conv2dGeometry({ ...shapes, ...steps })
  const output = new Float32Array(1)
  const parameters = {
    geometry,
    filter: Float32Array.of(1, 1, 1),
    bias: Float32Array.of(1),
    range: noLimits,
    arithmetic: 'tflite' as const,
  }
  conv2dFloat32(parameters)(Float32Array.of(2 ** 24, 1, -(2 ** 24)), output)
  expect(output[0]).toBe(1)
})

it.each([
  [{ output: [1, 9, 9, 1] }, 'got output shape [1, 9, 9, 1], expected [1, 4, 4, 1]'],
  [
    { filter: [1, 3, 3, 3] },
    'got input [1, 4, 4, 2] with filter [1, 3, 3, 3], expected channels that divide evenly',
  ],
  [{ strideHeight: 0 }, 'expected rank 4 and steps of at least 1'],
])('refuses shapes that contradict each other: %j', (change, message) => {
  const shapes = { input: [1, 4, 4, 2], filter: [1, 3, 3, 2], output: [1, 4, 4, 1], padding: 'SAME' as const }
  const steps = { strideHeight: 1, strideWidth: 1, dilationHeight: 1, dilationWidth: 1 }
  expect(() => conv2dGeometry({ ...shapes, ...steps, ...change })).toThrow(message)
})
