import { elementCount, seededRandom } from '@quantrx/core'
import type { Random } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { conv2dAccumulate } from '../../ops/conv-2d/accumulate.ts'
import { conv2dGeometry } from '../../ops/conv-2d/geometry.ts'
import { depthwiseConv2dAccumulate } from '../../ops/depthwise-conv-2d/accumulate.ts'
import { depthwiseConv2dGeometry } from '../../ops/depthwise-conv-2d/geometry.ts'
import { fullyConnectedHybrid } from '../../ops/fully-connected/hybrid.ts'
import { convolveHybrid } from '../../shared/convolve-hybrid.ts'
import type { HybridScaling } from '../../shared/convolve-hybrid.ts'
import { convolutionCases, randomIntegers, shapesOf } from '../convolution/cases.conformance.ts'
import { conv2dKernel } from '../convolution/conv-2d.ts'
import { depthwiseConv2dKernel } from '../depthwise/depthwise-conv-2d.ts'
import { i16 } from '../inner-loop.ts'
import { runKernel } from '../run-kernel.conformance.ts'
import { hybridKernel, sumsAlone } from './hybrid.ts'

const named = convolutionCases.map((each) => [JSON.stringify(each), each] as const)

function scalingOf(random: Random, channels: number, seed: number): HybridScaling {
  return {
    filterScales: Float32Array.from({ length: channels }, () => 0.001 + 0.01 * random.next()),
    bias: Float32Array.from({ length: channels }, () => (random.next() < 0.2 ? -0 : random.normal())),
    range: seed % 3 === 0 ? { min: 0, max: 6 } : { min: -Infinity, max: Infinity },
    inputQuantization: seed % 2 === 0 ? 'asymmetric' : 'symmetric',
  }
}

/** Values of all signs, of one sign, of none, and some that are no finite numbers. */
function realsOf(random: Random, count: number, seed: number): Float32Array {
  const value = (): number => {
    const normal = random.normal() * 10 ** (seed % 5)
    return seed % 7 === 1 ? Math.abs(normal) : seed % 7 === 2 ? -Math.abs(normal) : normal
  }
  const values = Float32Array.from({ length: count }, value)
  if (seed % 11 === 3) values[count >> 1] = [NaN, Infinity, -Infinity][seed % 3]!
  if (seed % 13 === 4) values.fill(0)
  return values
}

const filterOf = (random: Random, count: number): Int16Array =>
  Int16Array.from(randomIntegers(random, count, -127, 127))

describe('equal the hybrid reference', () => {
  it.each(named)('CONV_2D %s', (_, each) => {
    const shapes = shapesOf(each, false)
    const geometry = conv2dGeometry(shapes)
    const random = seededRandom(each.channels * 3 + each.outputs)
    const seed = each.channels + each.outputs
    const filter = filterOf(random, elementCount(shapes.filter))
    const scaling = scalingOf(random, each.outputs, seed)
    const input = realsOf(random, elementCount(shapes.input), seed)
    const expected = new Float32Array(elementCount(shapes.output))
    const accumulate = conv2dAccumulate(geometry, filter, new Int32Array(each.outputs))
    convolveHybrid(geometry, accumulate, scaling)(input, expected)
    const products = conv2dKernel({
      ...{ geometry, form: { kind: 'wide' }, inner: i16, filter },
      epilogue: sumsAlone(each.outputs),
    })!
    const rows = geometry.batches
    const kernel = hybridKernel({
      ...{ rows, length: input.length / rows, scaling, products },
      positions: expected.length / rows / each.outputs,
      largestSum: (filter.length / each.outputs) * 255 * 127,
    })
    expect(runKernel(kernel, [input], new Float32Array(expected.length))).toEqual(expected)
  })

  it.each(named)('DEPTHWISE_CONV_2D %s', (_, each) => {
    const shapes = shapesOf(each, true)
    const geometry = depthwiseConv2dGeometry(shapes)
    const random = seededRandom(each.channels * 5 + each.outputs)
    const seed = each.channels * 2 + each.outputs
    const filter = filterOf(random, elementCount(shapes.filter))
    const scaling = scalingOf(random, each.channels, seed)
    const input = realsOf(random, elementCount(shapes.input), seed)
    const expected = new Float32Array(elementCount(shapes.output))
    const accumulate = depthwiseConv2dAccumulate(geometry, filter, new Int32Array(each.channels))
    convolveHybrid(geometry, accumulate, scaling)(input, expected)
    const products = depthwiseConv2dKernel({
      ...{ geometry, input: { kind: 'wide' }, inner: i16, filter, order: 'rows' },
      epilogue: sumsAlone(each.channels),
    })!
    const rows = geometry.batches
    const kernel = hybridKernel({
      ...{ rows, length: input.length / rows, scaling, products },
      positions: expected.length / rows / each.channels,
      // As if they were large: products in float64 give the same.
      largestSum: 2 ** 30,
    })
    expect(runKernel(kernel, [input], new Float32Array(expected.length))).toEqual(expected)
  })

  it('FULLY_CONNECTED of 1 to 70 inputs, each row by its own range', () => {
    for (let depth = 1; depth <= 70; depth++) {
      const [rows, units] = [1 + (depth % 4), 71 - depth]
      const random = seededRandom(depth)
      const scaling = scalingOf(random, units, depth)
      const weights = filterOf(random, units * depth)
      const input = Array.from({ length: rows }, (_, row) => row).flatMap((row) => [
        ...realsOf(random, depth, depth + row),
      ])
      const values = Float32Array.from(input)
      const expected = new Float32Array(rows * units)
      fullyConnectedHybrid({ geometry: { rows, depth, units }, weights, scaling })(values, expected)
      const window = {
        filterHeight: 1,
        filterWidth: 1,
        strideHeight: 1,
        strideWidth: 1,
        padTop: 0,
        padLeft: 0,
      }
      const geometry = {
        ...{ batches: 1, inputHeight: rows, inputWidth: 1, inputChannels: depth, groups: 1, ...window },
        ...{ outputHeight: rows, outputWidth: 1, outputChannels: units, dilationHeight: 1, dilationWidth: 1 },
      }
      const products = conv2dKernel({
        ...{ geometry, form: { kind: 'wide' }, inner: i16, filter: weights },
        epilogue: sumsAlone(units),
      })!
      const kernel = hybridKernel({ rows, length: depth, positions: 1, scaling, products, largestSum: 0 })
      expect(runKernel(kernel, [values], new Float32Array(expected.length))).toEqual(expected)
    }
  })
})
