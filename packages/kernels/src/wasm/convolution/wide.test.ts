import { elementCount, seededRandom } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { wideRequantizer } from '../../arithmetic/wide-requantize.ts'
import { conv2dAccumulate } from '../../ops/conv-2d/accumulate.ts'
import { conv2dGeometry } from '../../ops/conv-2d/geometry.ts'
import { depthwiseConv2dAccumulate } from '../../ops/depthwise-conv-2d/accumulate.ts'
import { depthwiseConv2dGeometry } from '../../ops/depthwise-conv-2d/geometry.ts'
import { convolveInteger } from '../../shared/convolve-integer.ts'
import { depthwiseConv2dKernel } from '../depthwise/depthwise-conv-2d.ts'
import { wideRequantizeEpilogue } from '../epilogue/requantize-wide.ts'
import { i16 } from '../inner-loop.ts'
import { runKernel } from '../run-kernel.conformance.ts'
import { convolutionCases, randomIntegers, shapesOf } from './cases.conformance.ts'
import type { ConvolutionCase } from './cases.conformance.ts'
import { conv2dKernel } from './conv-2d.ts'

/** Scales that bring sums to all of the range, some 2^27 apart, a bias of 32 bits for some, and the largest weights and inputs often. */
function operandsOf(each: ConvolutionCase, depthwise: boolean) {
  const shapes = shapesOf(each, depthwise)
  const random = seededRandom(each.channels * 11 + each.outputs)
  const channels = shapes.output[3]!
  const filter = Int16Array.from(randomIntegers(random, elementCount(shapes.filter), -127, 127))
  const length = filter.length / channels
  const typical = 1 / (64 * Math.sqrt(length))
  const spread = each.channels % 2 === 0 ? 9 : 28
  const factor = (): number => typical * 2 ** (4 - random.integer(spread)) * (0.5 + random.next())
  const scales = Array.from({ length: random.integer(3) === 0 ? 1 : channels }, factor)
  const reach = each.outputs % 4 === 0 ? 2 ** 32 : 2 ** 20
  const bias = Float64Array.from({ length: channels }, () => Math.round((random.next() - 0.5) * reach))
  const range = each.outputs % 3 === 0 ? { min: 0, max: 20000 } : { min: -32768, max: 32767 }
  const zeroPoint = each.outputs % 5 === 0 ? 7 : 0
  const magnitude = (channel: number): number => {
    let sum = 0
    for (let tap = 0; tap < length; tap++)
      sum += Math.abs(filter[depthwise ? tap * channels + channel : channel * length + tap]!)
    return sum
  }
  const largestSums = Float64Array.from({ length: channels }, (_, channel) => 32768 * magnitude(channel))
  const input = Int16Array.from(randomIntegers(random, elementCount(shapes.input), -32768, 32767))
  const options = { arithmetic: 'tflite', scales, zeroPoint, range, bias, largestSums } as const
  return { shapes, input, filter, options }
}

const named = convolutionCases.map((each) => [JSON.stringify(each), each] as const)

describe('int16 activations, as many sums as possible in 32 bits', () => {
  it.each(named)('CONV_2D %s', (_, each) => {
    const { shapes, input, filter, options } = operandsOf(each, false)
    const geometry = conv2dGeometry(shapes)
    const expected = new Int16Array(elementCount(shapes.output))
    const accumulate = conv2dAccumulate(geometry, filter, options.bias)
    convolveInteger(geometry, accumulate, 0, wideRequantizer(options))(input, expected)
    const epilogue = wideRequantizeEpilogue(options)
    const isLong = options.largestSums.some((sum) => sum >= 2 ** 31)
    expect(epilogue === undefined).toBe(isLong)
    if (epilogue === undefined) return
    const kernel = conv2dKernel({ geometry, form: { kind: 'wide' }, inner: i16, epilogue, filter })
    expect(runKernel(kernel!, [input], new Int16Array(expected.length))).toEqual(expected)
  })

  it.each(named)('DEPTHWISE_CONV_2D %s', (_, each) => {
    const { shapes, input, filter, options } = operandsOf(each, true)
    const geometry = depthwiseConv2dGeometry(shapes)
    const expected = new Int16Array(elementCount(shapes.output))
    const accumulate = depthwiseConv2dAccumulate(geometry, filter, options.bias)
    convolveInteger(geometry, accumulate, 0, wideRequantizer(options))(input, expected)
    for (const compact of [false, true]) {
      const kernel = depthwiseConv2dKernel({
        ...{ geometry, input: { kind: 'wide' }, inner: i16, filter, order: 'rows', compact },
        epilogue: wideRequantizeEpilogue(options)!,
      })
      expect(runKernel(kernel!, [input], new Int16Array(expected.length))).toEqual(expected)
    }
  })
})
