/** Sizes in the order of ONNX: `[batch, height, width, channels]` as `[batch, channels, height, width]`; others as they are. */
export function channelsFirstShape(shape: readonly number[]): readonly number[] {
  const [batch = 1, height = 1, width = 1, channels = 1] = shape
  return shape.length === 4 ? [batch, channels, height, width] : shape
}

/** Values of `[batch, height, width, channels]` in the order of {@link channelsFirstShape}. */
export function channelsFirst(values: Float32Array, shape: readonly number[]): Float32Array {
  const channels = shape.length === 4 ? shape[3]! : 1
  const area = shape.length === 4 ? shape[1]! * shape[2]! : values.length
  return values.map((_, to) => {
    const [batch, rest] = [Math.floor(to / (area * channels)), to % (area * channels)]
    return values[batch * area * channels + (rest % area) * channels + Math.floor(rest / area)]!
  })
}
