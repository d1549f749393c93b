import type { Shape } from '@quantrx/core'
import { stridesOf } from '../../shared/element-walk.ts'
import { imageShape } from '../../shared/image-shape.ts'
import type { ResizeParameters } from '../../shared/resize.ts'

/** The two input positions between which each output position of a dimension lies. */
export interface Positions {
  readonly lower: Int32Array
  readonly upper: Int32Array
  /** How far each is from the lower one, in units of the arithmetic. */
  readonly fraction: Float64Array
}

/** The lower and upper position, and the distance from the lower, of an output position. */
export type PositionFunction = (output: number) => readonly [lower: number, upper: number, fraction: number]

/** The positions of all outputs along a dimension. */
export function positionsOf(outputSize: number, positionOf: PositionFunction): Positions {
  const all = Array.from({ length: outputSize }, (_, output) => positionOf(output))
  return {
    lower: Int32Array.from(all, ([lower]) => lower),
    upper: Int32Array.from(all, ([, upper]) => upper),
    fraction: Float64Array.from(all, ([, , fraction]) => fraction),
  }
}

/** How positions along a dimension are computed, from its size before and after. */
export type PositionRule = (
  size: number,
  outputSize: number,
  parameters: ResizeParameters,
) => PositionFunction

/** Between which rows and columns of an image every output lies. */
export interface BilinearPositions {
  readonly rows: Positions
  readonly columns: Positions
}

/**
 * Where every output lies between the pixels of images.
 *
 * @throws ShapeError when the shape is not that of images.
 */
export function bilinearPositions(
  shape: Shape,
  parameters: ResizeParameters,
  rule: PositionRule,
): BilinearPositions {
  const { height, width } = imageShape('RESIZE_BILINEAR', shape)
  const { outputHeight, outputWidth } = parameters
  return {
    rows: positionsOf(outputHeight, rule(height, outputHeight, parameters)),
    columns: positionsOf(outputWidth, rule(width, outputWidth, parameters)),
  }
}

/** What is made of four neighbouring pixels; `y` and `x` are distances from the first. */
export type Mix = (
  topLeft: number,
  topRight: number,
  bottomLeft: number,
  bottomRight: number,
  y: number,
  x: number,
) => number

/** An array of pixels. */
interface Pixels {
  readonly length: number
  [index: number]: number
}

/** Mixes every output from four input pixels of its channel. */
export function interpolate(
  shape: Shape,
  { rows, columns }: BilinearPositions,
  mix: Mix,
): (input: Pixels, output: Pixels) => void {
  const { batch, channels } = imageShape('RESIZE_BILINEAR', shape)
  const [imageStride, rowStride, columnStride] = stridesOf(shape) as [number, number, number, number]
  const row = (input: Pixels, output: Pixels, image: number, y: number, to: number): number => {
    const [top, bottom] = [image + rows.lower[y]! * rowStride, image + rows.upper[y]! * rowStride]
    for (let x = 0; x < columns.lower.length; x++) {
      const [left, right] = [columns.lower[x]! * columnStride, columns.upper[x]! * columnStride]
      const [yFraction, xFraction] = [rows.fraction[y]!, columns.fraction[x]!]
      for (let channel = 0; channel < channels; channel++) {
        output[to++] = mix(
          input[top + left + channel]!,
          input[top + right + channel]!,
          input[bottom + left + channel]!,
          input[bottom + right + channel]!,
          yFraction,
          xFraction,
        )
      }
    }
    return to
  }
  return (input, output) => {
    let to = 0
    for (let image = 0; image < batch; image++)
      for (let y = 0; y < rows.lower.length; y++) to = row(input, output, image * imageStride, y, to)
  }
}
