import type { DataType, Shape } from '@quantrx/core'
import { elementCount, formatShape } from '@quantrx/core'
import { dataError } from '../data-error.ts'

/** The model input that samples are made for, where a file alone does not say what it should become. */
export interface InputTarget {
  /** Shape of the model's input, batch dimension included. */
  readonly shape: Shape
  readonly type: DataType
}

/** Height, width and channels of an image input, and whether channels come first. */
export interface ImageSize {
  readonly height: number
  readonly width: number
  readonly channels: 1 | 3
  readonly channelsFirst: boolean
}

const channelCounts: readonly number[] = [1, 3]
const isChannels = (size: number | undefined): size is 1 | 3 => channelCounts.includes(size ?? 0)

/**
 * The image that an input of shape `[batch, height, width, channels]`, `[batch, channels, height, width]` or the same without
 * batch takes.
 *
 * @throws DataError when the shape is not one of an image of 1 or 3 channels.
 */
export function imageSize(name: string, target: InputTarget | undefined): ImageSize {
  const shape = target?.shape ?? []
  const [first = 0, second = 0, third = 0] = shape.length === 4 ? shape.slice(1) : shape
  if (shape.length === 4 || shape.length === 3) {
    if (isChannels(third) && first > 0 && second > 0)
      return { height: first, width: second, channels: third, channelsFirst: false }
    if (isChannels(first) && second > 0 && third > 0)
      return { height: second, width: third, channels: first, channelsFirst: true }
  }
  const found = target === undefined ? 'no model input' : `an input of shape ${formatShape(shape)}`
  const advice = 'Use images for models that take images, and arrays for others'
  throw dataError(name, found, 'one of [1, HEIGHT, WIDTH, 3 or 1] to make images for', advice)
}

/** Values that fill an input of `target`: cut off, or followed by zeros, where there are more or fewer. */
export function fillTarget(values: Float32Array, target: InputTarget | undefined): Float32Array {
  const wanted = target === undefined ? values.length : elementCount(target.shape)
  if (values.length >= wanted) return values.subarray(0, wanted)
  const filled = new Float32Array(wanted)
  filled.set(values)
  return filled
}
