import type { ConvolutionGeometry } from '../../shared/convolution-geometry.ts'
import type { Conv2dGeometry } from '../conv-2d/geometry.ts'

/**
 * Outputs of a TRANSPOSE_CONV that lie a stride apart in both directions. They are an ordinary convolution of the input
 * with every stride-th element of the filter, from its end backwards.
 */
export interface TransposeConvPhase<Filter extends Float32Array | Int16Array> {
  readonly geometry: Conv2dGeometry
  readonly filter: Filter
  /** Index of the first channel of an output, given that in the phase's own output. */
  outputAt(at: number): number
}

/** What the outputs of one dimension that share a phase have in common. */
interface AxisPhase {
  readonly first: number
  readonly outputs: number
  /** Filter positions, in the order in which they meet the input. */
  readonly taps: readonly number[]
  /** Padding of the input before the first tap; negative where the first input is skipped. */
  readonly before: number
}

/** A TRANSPOSE_CONV as convolutions, one for each combination of remainders that output positions leave by the strides. */
export function transposeConvPhases<Filter extends Float32Array | Int16Array>(
  geometry: ConvolutionGeometry,
  filter: Filter,
): readonly TransposeConvPhase<Filter>[] {
  const { strideHeight, strideWidth, outputHeight, outputWidth } = geometry
  const rows = axisPhases(outputHeight, geometry.filterHeight, strideHeight, geometry.padTop)
  const columns = axisPhases(outputWidth, geometry.filterWidth, strideWidth, geometry.padLeft)
  return rows.flatMap((row) => columns.map((column) => phase(geometry, filter, row, column)))
}

function axisPhases(outputs: number, filter: number, stride: number, pad: number): readonly AxisPhase[] {
  return Array.from({ length: Math.min(stride, outputs) }, (_, first) => {
    const remainder = (first + pad) % stride
    const count = Math.max(0, Math.ceil((filter - remainder) / stride))
    const taps = Array.from({ length: count }, (__, index) => remainder + (count - 1 - index) * stride)
    const before = ((taps[0] ?? 0) - (first + pad)) / stride
    return { first, outputs: Math.ceil((outputs - first) / stride), taps, before }
  })
}

function phase<Filter extends Float32Array | Int16Array>(
  geometry: ConvolutionGeometry,
  filter: Filter,
  row: AxisPhase,
  column: AxisPhase,
): TransposeConvPhase<Filter> {
  const { outputHeight, outputWidth, outputChannels, strideHeight, strideWidth } = geometry
  return {
    geometry: {
      ...geometry,
      ...{ filterHeight: row.taps.length, filterWidth: column.taps.length, groups: 1 },
      ...{ outputHeight: row.outputs, outputWidth: column.outputs, strideHeight: 1, strideWidth: 1 },
      ...{ padTop: row.before, padLeft: column.before },
    },
    filter: phaseFilter(geometry, filter, row.taps, column.taps),
    outputAt(at) {
      const position = at / outputChannels
      const across = position % column.outputs
      const down = Math.floor(position / column.outputs) % row.outputs
      const batch = Math.floor(position / column.outputs / row.outputs)
      const line = batch * outputHeight + row.first + down * strideHeight
      return (line * outputWidth + column.first + across * strideWidth) * outputChannels
    },
  }
}

function phaseFilter<Filter extends Float32Array | Int16Array>(
  { outputChannels, inputChannels, filterHeight, filterWidth }: ConvolutionGeometry,
  filter: Filter,
  rows: readonly number[],
  columns: readonly number[],
): Filter {
  const length = outputChannels * rows.length * columns.length * inputChannels
  const chosen = filter.slice(0, length) as Filter
  let to = 0
  for (let output = 0; output < outputChannels; output++) {
    for (const row of rows) {
      for (const column of columns) {
        const from = ((output * filterHeight + row) * filterWidth + column) * inputChannels
        for (let channel = 0; channel < inputChannels; channel++) chosen[to++] = filter[from + channel]!
      }
    }
  }
  return chosen
}
