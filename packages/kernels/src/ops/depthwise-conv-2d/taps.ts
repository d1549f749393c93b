import type { DepthwiseConv2dGeometry } from './geometry.ts'

/** Calls `tap` for every filter element that lies inside the input at an output position, by rows or by columns. */
export function forEachTap(
  geometry: DepthwiseConv2dGeometry,
  order: 'rows' | 'columns',
  batch: number,
  outputRow: number,
  outputColumn: number,
  tap: (inputAt: number, filterAt: number) => void,
): void {
  const { inputHeight, inputWidth, inputChannels, outputChannels, filterHeight, filterWidth } = geometry
  const top = outputRow * geometry.strideHeight - geometry.padTop
  const left = outputColumn * geometry.strideWidth - geometry.padLeft
  const byRows = order === 'rows'
  const [outer, inner] = byRows ? [filterHeight, filterWidth] : [filterWidth, filterHeight]
  for (let slow = 0; slow < outer; slow++) {
    for (let fast = 0; fast < inner; fast++) {
      const filterRow = byRows ? slow : fast
      const filterColumn = byRows ? fast : slow
      const row = top + filterRow * geometry.dilationHeight
      const column = left + filterColumn * geometry.dilationWidth
      if (row < 0 || row >= inputHeight || column < 0 || column >= inputWidth) continue
      const inputAt = ((batch * inputHeight + row) * inputWidth + column) * inputChannels
      tap(inputAt, (filterRow * filterWidth + filterColumn) * outputChannels)
    }
  }
}

/** Calls `visit` for every output position, `at` being the index of its first channel. */
export function forEachPosition(
  geometry: DepthwiseConv2dGeometry,
  visit: (batch: number, row: number, column: number, at: number) => void,
): void {
  const { batches, outputHeight, outputWidth, outputChannels } = geometry
  let at = 0
  for (let batch = 0; batch < batches; batch++) {
    for (let row = 0; row < outputHeight; row++) {
      for (let column = 0; column < outputWidth; column++) {
        visit(batch, row, column, at)
        at += outputChannels
      }
    }
  }
}
