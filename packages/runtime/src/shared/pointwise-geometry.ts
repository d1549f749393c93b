import type { Conv2dGeometry } from '@quantrx/kernels'

/** A product of `rows` rows of `depth` inputs with a matrix: a convolution of a column of positions with a window of one. */
export function pointwiseGeometry(rows: number, depth: number, units: number): Conv2dGeometry {
  const shape = { batches: 1, inputHeight: rows, inputWidth: 1, inputChannels: depth }
  const output = { outputHeight: rows, outputWidth: 1, outputChannels: units, groups: 1 }
  const window = { filterHeight: 1, filterWidth: 1, strideHeight: 1, strideWidth: 1 }
  const steps = { dilationHeight: 1, dilationWidth: 1, padTop: 0, padLeft: 0 }
  return { ...shape, ...output, ...window, ...steps }
}
