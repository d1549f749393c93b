import { seededRandom } from '@quantrx/core'
import type { Random } from '@quantrx/core'
import type { Padding } from '../../arithmetic/padding.ts'
import { windowExtent } from '../../arithmetic/padding.ts'
import type { Conv2dShapes } from '../../ops/conv-2d/geometry.ts'
import type { RequantizeEpilogueOptions } from '../epilogue/requantize-float.ts'

/** Sizes of a convolution in tests. */
export interface ConvolutionCase {
  readonly batches?: number
  readonly size: readonly [height: number, width: number]
  readonly channels: number
  readonly outputs: number
  readonly window?: readonly [height: number, width: number]
  readonly stride?: number
  readonly dilation?: number
  readonly padding?: Padding
}

/** Channel counts from 1 to 70, windows, strides, dilations and paddings that leave rests everywhere. */
export const convolutionCases: readonly ConvolutionCase[] = [
  ...Array.from({ length: 70 }, (_, index) => ({
    size: [2, 5] as const,
    channels: index + 1,
    outputs: ((index * 13) % 70) + 1,
  })),
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 17, 33].map((width) => ({
    size: [1, width] as const,
    channels: 5,
    outputs: 33,
  })),
  { size: [7, 6], channels: 3, outputs: 9, window: [3, 3] },
  { size: [7, 6], channels: 3, outputs: 9, window: [3, 3], stride: 2 },
  { size: [9, 8], channels: 2, outputs: 5, window: [3, 2], dilation: 2 },
  { size: [9, 8], channels: 5, outputs: 7, window: [2, 3], dilation: 3, padding: 'VALID' },
  { size: [6, 11], channels: 1, outputs: 3, window: [5, 4], stride: 3, batches: 2 },
  { size: [5, 5], channels: 17, outputs: 12, window: [3, 3], padding: 'VALID', batches: 3 },
  { size: [10, 4], channels: 1, outputs: 64, window: [10, 4], stride: 2 },
  { size: [3, 3], channels: 40, outputs: 21, stride: 2 },
  { size: [1, 1], channels: 70, outputs: 69 },
  // Long sums, of which the padding is left out.
  ...[1, 2, 3].map((stride) => ({
    ...{ size: [8, 8] as const, channels: 32, outputs: 13, window: [3, 3] as const, stride, batches: 2 },
  })),
  // Few positions and many channels, of which more are computed at once.
  ...([2, 3, 4] as const).flatMap((height) =>
    ([2, 3, 5] as const).map((width) => ({
      ...{ size: [height, width] as const, channels: 18, outputs: 57 + height, window: [3, 3] as const },
    })),
  ),
  { size: [8, 9], channels: 16, outputs: 5, window: [5, 5] },
  { size: [6, 8], channels: 18, outputs: 9, window: [3, 4] },
  { size: [9, 8], channels: 31, outputs: 21, window: [3, 3], dilation: 2 },
  { size: [2, 3], channels: 33, outputs: 8, window: [3, 3] },
  { size: [1, 1], channels: 40, outputs: 12, window: [3, 3] },
  { size: [16, 7], channels: 24, outputs: 38, window: [7, 3] },
  // Inputs larger than a block; the last block has one or two positions, at 4, 2 and 1 bytes per element.
  ...[66, 130, 265].map((width) => ({ size: [1, width] as const, channels: 128, outputs: 41 })),
  { size: [30, 12], channels: 32, outputs: 17, window: [3, 3], batches: 2 },
  ...rowRestCases(),
  // Windows of one element a stride apart.
  { size: [9, 7], channels: 17, outputs: 33, stride: 3, batches: 2 },
  { size: [8, 8], channels: 3, outputs: 6, stride: 2, padding: 'VALID' },
  // Images larger than a block, in bands of rows: with rests, without overlap, with rows of input that no window looks at.
  { size: [157, 75], channels: 3, outputs: 9, window: [3, 3], stride: 2, batches: 2 },
  { size: [59, 20], channels: 32, outputs: 5, window: [3, 3] },
  { size: [184, 60], channels: 3, outputs: 10, window: [7, 7], stride: 2 },
  { size: [120, 100], channels: 3, outputs: 8, window: [2, 3], stride: 3, padding: 'VALID' },
  { size: [130, 40], channels: 7, outputs: 4, window: [3, 2], dilation: 2 },
  // The same padded above and below alone.
  { size: [140, 24], channels: 16, outputs: 5, window: [3, 1], batches: 2 },
]

/** Window rows that leave some bytes behind whole steps, few channels of input, and 1 to 70 of output. */
function rowRestCases(): readonly ConvolutionCase[] {
  return [1, 2, 3, 5, 6, 7].flatMap((channels) =>
    [1, 2, 3, 4, 5, 6, 7].map((width) => ({
      size: [9, 6 + ((channels * 5 + width * 3) % 9)] as const,
      channels,
      outputs: ((channels * 17 + width * 29) % 70) + 1,
      window: [1 + ((channels + width * 2) % 7), width] as const,
      stride: 1 + ((channels + width) % 3),
      dilation: width === 2 ? 2 : 1,
      batches: 1 + ((channels + width) % 2),
      padding: width % 3 === 0 ? ('VALID' as const) : ('SAME' as const),
    })),
  )
}

/** Shapes of a case for a dense filter, or for a depthwise one. */
export function shapesOf(each: ConvolutionCase, depthwise: boolean): Conv2dShapes {
  const { batches = 1, size, channels, outputs, window = [1, 1], stride = 1, dilation = 1 } = each
  const padding = each.padding ?? 'SAME'
  const extent = (axis: 0 | 1): number =>
    windowExtent(padding, size[axis], window[axis], stride, dilation).outputs
  return {
    input: [batches, ...size, channels],
    filter: depthwise ? [1, ...window, channels] : [outputs, ...window, channels],
    output: [batches, extent(0), extent(1), depthwise ? channels : outputs],
    ...{
      padding,
      strideHeight: stride,
      strideWidth: stride,
      dilationHeight: dilation,
      dilationWidth: dilation,
    },
  }
}

/** Values of a type, the extreme ones often. */
export function randomIntegers(random: Random, count: number, min: number, max: number): number[] {
  const values: number[] = []
  for (let at = 0; at < count; at++) {
    const choice = random.integer(4)
    values.push(choice === 0 ? min : choice === 1 ? max : min + random.integer(max - min + 1))
  }
  return values
}

/** How sums become outputs in tests; the scales bring some sums to the middle of the range and saturate others. */
export function randomRequantization(
  seed: number,
  channels: number,
  depth: number,
  outputType: 'int8' | 'uint8',
  arithmetic: 'tflite' | 'xnnpack',
): RequantizeEpilogueOptions {
  const random = seededRandom(seed)
  const limits = outputType === 'int8' ? { min: -128, max: 127 } : { min: 0, max: 255 }
  const typical = 1 / (64 * Math.sqrt(depth))
  const scale = (): number => Math.fround(typical * 2 ** (random.integer(9) - 5) * (0.5 + random.next()))
  const zeroPoint = randomIntegers(random, 1, limits.min, limits.max)[0]!
  const clamped = random.integer(2) === 0
  return {
    ...{ arithmetic, outputType, zeroPoint },
    scales: Array.from({ length: random.integer(3) === 0 ? 1 : channels }, scale),
    range: clamped ? { min: Math.min(zeroPoint, limits.max - 9), max: limits.max - 3 } : limits,
    bias: Int32Array.from({ length: channels }, () => random.integer(20001) - 10000),
  }
}
