import type { Padding } from '../../arithmetic/padding.ts'
import { windowExtent } from '../../arithmetic/padding.ts'
import { convolutionGeometry } from '../../shared/convolution-geometry.ts'
import type { ConvolutionGeometry } from '../../shared/convolution-geometry.ts'

/** Sizes of a pooling in tests. */
export interface PoolingCase {
  readonly batches?: number
  readonly size: readonly [height: number, width: number]
  readonly channels: number
  readonly window: readonly [height: number, width: number]
  readonly stride?: readonly [height: number, width: number]
  readonly padding?: Padding
}

/** Channel counts from 1 to 70, windows of one to hundreds of elements, strides and paddings that clip everywhere. */
export const poolingCases: readonly PoolingCase[] = [
  ...Array.from({ length: 70 }, (_, index) => ({
    size: [3, 4] as const,
    channels: index + 1,
    window: [2, 2] as const,
    padding: index % 2 === 0 ? ('SAME' as const) : ('VALID' as const),
  })),
  { size: [7, 7], channels: 20, window: [7, 7], padding: 'VALID' },
  { size: [7, 7], channels: 3, window: [7, 7] },
  { size: [8, 8], channels: 33, window: [8, 8], padding: 'VALID', batches: 2 },
  { size: [9, 8], channels: 5, window: [3, 2], stride: [2, 3] },
  { size: [9, 8], channels: 17, window: [2, 3], stride: [3, 1], padding: 'VALID', batches: 3 },
  { size: [10, 11], channels: 4, window: [3, 3], stride: [2, 2], batches: 2 },
  { size: [6, 6], channels: 7, window: [1, 1], stride: [2, 2] },
  { size: [5, 5], channels: 6, window: [2, 2], stride: [4, 4] },
  { size: [3, 2], channels: 9, window: [11, 13] },
  { size: [12, 30], channels: 18, window: [5, 11] },
  { size: [256, 128], channels: 1, window: [256, 128], padding: 'VALID' },
  { size: [1, 300], channels: 3, window: [1, 300], padding: 'VALID' },
  { size: [40, 17], channels: 5, window: [31, 17], padding: 'VALID', batches: 2 },
  { size: [3, 600], channels: 2, window: [2, 530], stride: [1, 70], padding: 'VALID' },
]

/** The geometry of a case. */
export function geometryOf(each: PoolingCase): ConvolutionGeometry {
  const { batches = 1, size, channels, window, stride = [1, 1], padding = 'SAME' } = each
  const extent = (axis: 0 | 1): number =>
    windowExtent(padding, size[axis], window[axis], stride[axis], 1).outputs
  return convolutionGeometry('pooling', {
    input: [batches, ...size, channels],
    window,
    output: [batches, extent(0), extent(1), channels],
    ...{ outputChannels: channels, padding, strideHeight: stride[0], strideWidth: stride[1] },
  })
}
