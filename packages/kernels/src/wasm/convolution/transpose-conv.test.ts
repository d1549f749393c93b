import { seededRandom } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { requantizer } from '../../arithmetic/requantize.ts'
import { transposeConvAccumulate } from '../../ops/transpose-conv/accumulate.ts'
import { transposeConvFloat32 } from '../../ops/transpose-conv/float32.ts'
import { transposeConvGeometry } from '../../ops/transpose-conv/geometry.ts'
import type { TransposeConvShapes } from '../../ops/transpose-conv/geometry.ts'
import type { ConvolutionGeometry } from '../../shared/convolution-geometry.ts'
import { convolveInteger } from '../../shared/convolve-integer.ts'
import { floatBiasOrder } from '../../shared/float-bias.ts'
import { float32Epilogue } from '../epilogue/float32.ts'
import { floatRequantizeEpilogue } from '../epilogue/requantize-float.ts'
import { integerRequantizeEpilogue } from '../epilogue/requantize-integer.ts'
import { float32Loop, i16 } from '../inner-loop.ts'
import type { GeneratedKernel } from '../kernel.ts'
import { guard, runKernel } from '../run-kernel.conformance.ts'
import type { Share } from '../share.ts'
import { largestSums } from '../sums.ts'
import { randomIntegers, randomRequantization } from './cases.conformance.ts'
import { conv2dKernel } from './conv-2d.ts'
import { transposeConvKernel } from './transpose-conv.ts'

interface Case {
  readonly size: readonly [batches: number, height: number, width: number, channels: number]
  readonly outputs: number
  readonly window: readonly [height: number, width: number]
  readonly strides: readonly [height: number, width: number]
  readonly padding: 'SAME' | 'VALID'
}

/** Windows that strides divide and that they do not, rows of fewer and of more bytes than a vector. */
const cases: readonly Case[] = [
  { size: [2, 3, 4, 5], outputs: 3, window: [4, 4], strides: [2, 2], padding: 'SAME' },
  { size: [2, 5, 3, 4], outputs: 17, window: [3, 3], strides: [2, 2], padding: 'SAME' },
  { size: [1, 4, 6, 3], outputs: 40, window: [2, 3], strides: [1, 3], padding: 'VALID' },
  { size: [3, 2, 2, 9], outputs: 1, window: [5, 2], strides: [3, 1], padding: 'VALID' },
  { size: [1, 1, 1, 8], outputs: 6, window: [2, 2], strides: [2, 2], padding: 'SAME' },
]

function shapesOf({ size, outputs, window, strides, padding }: Case): TransposeConvShapes {
  const [batches, height, width, channels] = size
  const extent = (inputs: number, stride: number, taps: number): number =>
    padding === 'SAME' ? inputs * stride : (inputs - 1) * stride + taps
  return {
    input: size,
    filter: [outputs, ...window, channels],
    output: [batches, extent(height, strides[0], window[0]), extent(width, strides[1], window[1]), outputs],
    ...{ padding, strideHeight: strides[0], strideWidth: strides[1] },
  }
}

const product = (sizes: readonly number[]): number => sizes.reduce((total, size) => total * size, 1)

type Values = Float32Array | Int8Array

/** Runs the kernels of all shares and puts together what each wrote; nothing is written twice. */
function runShares<Output extends Values>(
  kernelOf: (share: Share) => GeneratedKernel | undefined,
  count: number,
  input: Values,
  output: Output,
): Output {
  const bytes = output.BYTES_PER_ELEMENT
  const unwritten = new Uint8Array(bytes).fill(guard)
  const all = new Uint8Array(output.buffer).fill(guard)
  for (let index = 0; index < count; index++) {
    const part = runKernel(kernelOf({ index, count })!, [input], output.slice() as Output)
    const stored = new Uint8Array(part.buffer)
    for (let at = 0; at < stored.length; at += bytes) {
      const element = stored.subarray(at, at + bytes)
      if (element.every((byte) => byte === guard)) continue
      expect(all.subarray(at, at + bytes)).toEqual(unwritten)
      all.set(element, at)
    }
  }
  return output
}

describe.each(cases.map((each) => [JSON.stringify(each), each] as const))('%s', (_, each) => {
  const shapes = shapesOf(each)
  const geometry = transposeConvGeometry(shapes)
  const random = seededRandom(each.outputs)
  const length = product(shapes.output)

  it.each(['tflite', 'xnnpack'] as const)('in float32, %s', (arithmetic) => {
    const normal = (count: number): Float32Array =>
      Float32Array.from({ length: count }, () => random.normal())
    const [input, filter] = [normal(product(shapes.input)), normal(product(shapes.filter))]
    const [bias, range] = [normal(each.outputs), { min: -1, max: 1 }]
    const expected = new Float32Array(length)
    transposeConvFloat32({ arithmetic, geometry, filter, bias, range })(input, expected)
    const epilogue = float32Epilogue(floatBiasOrder(arithmetic, bias), range)
    const kernelOf = (share?: Share) =>
      transposeConvKernel({
        ...{ geometry, filter, bytes: { input: 4, output: 4 }, share },
        convolution: (_whole, taps) => (rows) =>
          conv2dKernel({
            geometry: rows,
            form: { kind: 'float32' },
            inner: float32Loop,
            epilogue,
            filter: taps,
          }),
      })
    expect(runKernel(kernelOf()!, [input], new Float32Array(length))).toEqual(expected)
    expect(runShares(kernelOf, 3, input, new Float32Array(length))).toEqual(expected)
  })

  it.each(['tflite', 'xnnpack'] as const)('in int8, %s', (arithmetic) => {
    const input = Int8Array.from(randomIntegers(random, product(shapes.input), -128, 127))
    const filter = Int16Array.from(randomIntegers(random, product(shapes.filter), -127, 127))
    const depth = filter.length / each.outputs
    const options = randomRequantization(each.outputs, each.outputs, depth, 'int8', arithmetic)
    const expected = new Int8Array(length)
    const accumulate = transposeConvAccumulate(geometry, filter, options.bias)
    convolveInteger(geometry, accumulate, -5, requantizer(options))(input, expected)
    const sums = largestSums(options.bias, () => depth * 127)
    const epilogue =
      arithmetic === 'tflite'
        ? integerRequantizeEpilogue(options, sums)
        : floatRequantizeEpilogue({ ...options, largestSums: sums })
    const form = { kind: 'int16', signed: true, zeroPoint: -5 } as const
    const kernelOf = (share?: Share) =>
      transposeConvKernel({
        ...{ geometry, filter, bytes: { input: 1, output: 1 }, share },
        convolution: (_whole, taps) => (rows) =>
          conv2dKernel({ geometry: rows, form, inner: i16, epilogue, filter: taps }),
      })
    expect(runKernel(kernelOf()!, [input], new Int8Array(length))).toEqual(expected)
    expect(runShares(kernelOf, 3, input, new Int8Array(length))).toEqual(expected)
  })
})

it('leaves outputs that no element of the filter reaches to the reference', () => {
  const shapes = shapesOf({
    size: [1, 2, 2, 1],
    outputs: 1,
    window: [1, 1],
    strides: [2, 2],
    padding: 'SAME',
  })
  const geometry: ConvolutionGeometry = transposeConvGeometry(shapes)
  const convolution = () => () => ({ name: 'any', constants: [], scratchBytes: 0, emit: () => undefined })
  const filter = Float32Array.of(1)
  expect(
    transposeConvKernel({ geometry, filter, bytes: { input: 4, output: 4 }, convolution }),
  ).toBeUndefined()
})
