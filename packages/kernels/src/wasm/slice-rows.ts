import type { ConvolutionGeometry } from '../shared/convolution-geometry.ts'
import type { Span } from './share.ts'

/** Consecutive output rows of a convolution or pooling, as one of its own. */
export interface RowSlice<Geometry extends ConvolutionGeometry> {
  readonly geometry: Geometry
  /** Element of the whole input at which the slice's input starts. */
  readonly inputAt: number
  /** Element of the whole output at which the slice's output starts. */
  readonly outputAt: number
}

/**
 * The output rows of a span as geometries that see no more of the input than they need; with several images in a batch up
 * to three: the end of an image, whole images, the beginning of an image.
 *
 * @param span rows of all images, `batches * outputHeight` in all.
 *
 * @example
 * // The lower half of a 3×3 convolution of 8 rows with SAME padding: inputs from row 3 on, padding below only.
 * sliceRows(geometry, { from: 4, to: 8 }) // [{ geometry: { ...geometry, inputHeight: 5, outputHeight: 4, padTop: 0 }, … }]
 */
export function sliceRows<Geometry extends ConvolutionGeometry>(
  geometry: Geometry,
  { from, to }: Span,
): readonly RowSlice<Geometry>[] {
  const { outputHeight } = geometry
  const firstWhole = Math.min(to, Math.ceil(from / outputHeight) * outputHeight)
  const lastWhole = Math.max(firstWhole, Math.floor(to / outputHeight) * outputHeight)
  const cuts = [from, firstWhole, lastWhole, to]
  return cuts.slice(1).flatMap((end, at) => {
    const start = cuts[at]!
    return start < end ? [sliceBetween(geometry, start, end)] : []
  })
}

/** Rows of one image, or whole images. */
function sliceBetween<Geometry extends ConvolutionGeometry>(
  geometry: Geometry,
  from: number,
  to: number,
): RowSlice<Geometry> {
  const { inputHeight, inputWidth, inputChannels, outputHeight, outputWidth, outputChannels } = geometry
  const image = Math.floor(from / outputHeight)
  const outputAt = from * outputWidth * outputChannels
  const inputAt = (row: number): number => (image * inputHeight + row) * inputWidth * inputChannels
  if (to - from >= outputHeight) {
    return { geometry: { ...geometry, batches: (to - from) / outputHeight }, inputAt: inputAt(0), outputAt }
  }
  const { firstRow, ...rows } = inputRows(geometry, from - image * outputHeight, to - from)
  return {
    geometry: { ...geometry, ...rows, batches: 1, outputHeight: to - from },
    inputAt: inputAt(firstRow),
    outputAt,
  }
}

/** The rows of an image that the windows of `count` of its output rows touch. */
function inputRows(geometry: ConvolutionGeometry, from: number, count: number) {
  const { inputHeight, filterHeight, strideHeight, dilationHeight, padTop } = geometry
  const first = from * strideHeight - padTop
  const end = first + (count - 1) * strideHeight + (filterHeight - 1) * dilationHeight + 1
  const firstRow = Math.max(0, first)
  return { firstRow, inputHeight: Math.min(inputHeight, end) - firstRow, padTop: firstRow - first }
}
