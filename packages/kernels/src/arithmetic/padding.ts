/** How the window of a convolution or pooling treats the border of its input. */
export type Padding = 'SAME' | 'VALID'

/** Padding before the first element of one dimension, and the number of output positions. */
export interface WindowExtent {
  readonly before: number
  readonly outputs: number
}

/**
 * Where a window of `filter` elements, `dilation` apart, stands when it moves by `stride` over `input` elements.
 * Follows `ComputePaddingHeightWidth` of TensorFlow Lite: with SAME the larger half of an odd padding goes behind.
 *
 * @example
 * windowExtent('SAME', 32, 3, 2, 1) // { before: 0, outputs: 16 }
 */
export function windowExtent(
  padding: Padding,
  input: number,
  filter: number,
  stride: number,
  dilation: number,
): WindowExtent {
  const effective = (filter - 1) * dilation + 1
  const outputs =
    padding === 'SAME' ? Math.ceil(input / stride) : Math.max(0, Math.ceil((input - effective + 1) / stride))
  const total = Math.max(0, (outputs - 1) * stride + effective - input)
  return { before: padding === 'SAME' ? total >> 1 : 0, outputs }
}
