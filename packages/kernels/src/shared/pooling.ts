import type { ConvolutionGeometry } from './convolution-geometry.ts'

/** Part of the input under the window of one output position, borders clipped. */
export interface Window {
  readonly rowStart: number
  readonly rowEnd: number
  readonly columnStart: number
  readonly columnEnd: number
}

/**
 * Calls `visit` for every output position of a pooling with the part of its window that lies inside the input; `at` is
 * the index of the first output channel.
 */
export function forEachWindow(
  geometry: ConvolutionGeometry,
  visit: (batch: number, window: Window, at: number) => void,
): void {
  const { batches, inputHeight, inputWidth, outputHeight, outputWidth, outputChannels } = geometry
  let at = 0
  for (let batch = 0; batch < batches; batch++) {
    for (let row = 0; row < outputHeight; row++) {
      const top = row * geometry.strideHeight - geometry.padTop
      for (let column = 0; column < outputWidth; column++) {
        const left = column * geometry.strideWidth - geometry.padLeft
        visit(
          batch,
          {
            rowStart: Math.max(top, 0),
            rowEnd: Math.min(top + geometry.filterHeight, inputHeight),
            columnStart: Math.max(left, 0),
            columnEnd: Math.min(left + geometry.filterWidth, inputWidth),
          },
          at,
        )
        at += outputChannels
      }
    }
  }
}

/** Calls `visit` with the index of the first channel of every input position of a window, row by row. */
export function forEachInput(
  { inputHeight, inputWidth, inputChannels }: ConvolutionGeometry,
  batch: number,
  { rowStart, rowEnd, columnStart, columnEnd }: Window,
  visit: (from: number) => void,
): void {
  for (let row = rowStart; row < rowEnd; row++) {
    const rowAt = (batch * inputHeight + row) * inputWidth
    for (let column = columnStart; column < columnEnd; column++) visit((rowAt + column) * inputChannels)
  }
}

/** Number of input positions in a window. */
export function windowSize({ rowStart, rowEnd, columnStart, columnEnd }: Window): number {
  return Math.max(0, rowEnd - rowStart) * Math.max(0, columnEnd - columnStart)
}
