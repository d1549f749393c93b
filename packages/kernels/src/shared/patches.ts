import type { ConvolutionGeometry } from './convolution-geometry.ts'

/** Arrays in which a convolution looks for its input. */
type PatchArray = Float32Array | Int16Array

/**
 * Copies the input values under the window of one output position, for channels `[channel, channel + channels)`, to
 * `patch` in the order of a filter: rows, columns, channels. Positions outside the input become 0.
 */
export function gatherPatch<Values extends PatchArray>(
  input: Values,
  patch: Values,
  geometry: ConvolutionGeometry,
  batch: number,
  outputRow: number,
  outputColumn: number,
  channel: number,
  channels: number,
): void {
  const { inputHeight, inputWidth, inputChannels, filterHeight, filterWidth } = geometry
  const { dilationHeight, dilationWidth } = geometry
  const top = outputRow * geometry.strideHeight - geometry.padTop
  const left = outputColumn * geometry.strideWidth - geometry.padLeft
  let to = 0
  for (let filterRow = 0; filterRow < filterHeight; filterRow++) {
    const row = top + filterRow * dilationHeight
    const rowAt = (batch * inputHeight + row) * inputWidth
    const rowInside = row >= 0 && row < inputHeight
    for (let filterColumn = 0; filterColumn < filterWidth; filterColumn++) {
      const column = left + filterColumn * dilationWidth
      if (rowInside && column >= 0 && column < inputWidth) {
        const from = (rowAt + column) * inputChannels + channel
        for (let c = 0; c < channels; c++) patch[to + c] = input[from + c]!
      } else {
        for (let c = 0; c < channels; c++) patch[to + c] = 0
      }
      to += channels
    }
  }
}

/** True when the window is a single element and every output lies where its input does, so that the input is its own patch. */
export function isPointwise(geometry: ConvolutionGeometry, groups: number): boolean {
  const { filterHeight, filterWidth, strideHeight, strideWidth, padTop, padLeft } = geometry
  return (
    [filterHeight, filterWidth, strideHeight, strideWidth, groups].every((size) => size === 1) &&
    [padTop, padLeft].every((pad) => pad === 0) &&
    geometry.inputHeight === geometry.outputHeight &&
    geometry.inputWidth === geometry.outputWidth
  )
}
