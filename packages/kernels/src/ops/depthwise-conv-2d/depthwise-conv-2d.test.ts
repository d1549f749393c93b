import { seededRandom } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { conv2dAccumulate } from '../conv-2d/accumulate.ts'
import { depthwiseConv2dAccumulate } from './accumulate.ts'
import { depthwiseConv2dFloat32 } from './float32.ts'
import { depthwiseConv2dGeometry } from './geometry.ts'

describe('DEPTHWISE_CONV_2D equals a CONV_2D with a group for each channel', () => {
  it.each(Array.from({ length: 30 }, (_, seed) => seed))('shape %i', (seed) => {
    const random = seededRandom(seed)
    const [channels, depthMultiplier] = [1 + random.integer(6), 1 + random.integer(3)]
    const [height, width, rows, columns] = [
      3 + random.integer(6),
      3 + random.integer(6),
      1 + random.integer(4),
      1 + random.integer(4),
    ]
    const [strideHeight, strideWidth] = [1 + random.integer(3), 1 + random.integer(3)]
    const outputChannels = channels * depthMultiplier
    const geometry = depthwiseConv2dGeometry({
      input: [1, height, width, channels],
      filter: [1, rows, columns, outputChannels],
      output: [1, Math.ceil(height / strideHeight), Math.ceil(width / strideWidth), outputChannels],
      padding: 'SAME',
      strideHeight,
      strideWidth,
      dilationHeight: 1 + random.integer(2),
      dilationWidth: 1 + random.integer(2),
    })
    const integers = (length: number): number[] => Array.from({ length }, () => random.integer(511) - 255)
    const input = integers(height * width * channels)
    const filter = integers(rows * columns * outputChannels)
    const bias = integers(outputChannels)

    const grouped = Int16Array.from(filter, (_, at) => {
      const [channel, tap] = [Math.floor(at / (rows * columns)), at % (rows * columns)]
      return filter[tap * outputChannels + channel]!
    })
    const expected: number[] = []
    const reference = conv2dAccumulate({ ...geometry, groups: channels }, grouped, Int32Array.from(bias))
    reference(Int16Array.from(input), (accumulators) => expected.push(...accumulators))

    const sums: number[] = []
    const accumulate = depthwiseConv2dAccumulate(geometry, Int16Array.from(filter), Int32Array.from(bias))
    accumulate(Int16Array.from(input), (accumulators) => sums.push(...accumulators))
    expect(sums).toEqual(expected)

    const output = new Float32Array(expected.length)
    const range = { min: -Infinity, max: Infinity }
    const parameters = {
      geometry,
      filter: Float32Array.from(filter),
      bias: Float32Array.from(bias),
      range,
      arithmetic: 'tflite' as const,
    }
    depthwiseConv2dFloat32(parameters)(Float32Array.from(input), output)
    expect(Array.from(output)).toEqual(expected)
  })
})

it('refuses a filter whose channels are no multiple of the input', () => {
  const shapes = { input: [1, 4, 4, 2], filter: [1, 3, 3, 3], output: [1, 4, 4, 3], padding: 'SAME' as const }
  const steps = { strideHeight: 1, strideWidth: 1, dilationHeight: 1, dilationWidth: 1 }
  expect(() => depthwiseConv2dGeometry({ ...shapes, ...steps })).toThrow(
    'expected a filter [1, height, width, channels × multiplier]',
  )
})
