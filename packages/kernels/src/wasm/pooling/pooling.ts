import type { ConvolutionGeometry } from '../../shared/convolution-geometry.ts'
import { constant } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import type { GeneratedKernel } from '../kernel.ts'
import { emitChannelBlocks } from '../reduction/channel-blocks.ts'
import { elementBytes } from '../reduction/window-reduction.ts'
import type { WindowReduction } from '../reduction/window-reduction.ts'
import { spanOf } from '../share.ts'
import type { Share } from '../share.ts'
import { sliceRows } from '../slice-rows.ts'
import { windowRuns } from './window-runs.ts'
import type { WindowRun } from './window-runs.ts'

/** What a generated pooling is made of. */
export interface PoolingOptions {
  readonly geometry: ConvolutionGeometry
  readonly reduction: WindowReduction
  /** The part of the output rows of all images that is computed. */
  readonly share?: Share | undefined
}

/** Kinds of windows, each of which has code of its own. */
const largestVariety = 64

/**
 * AVERAGE_POOL_2D or MAX_POOL_2D: a vector of channels at a time, without a padded copy of the input; windows that the border
 * clips have their own code.
 *
 * @returns undefined for what it does not compute: empty tensors, and large windows of which hardly any two are clipped alike.
 */
export function poolingKernel({ geometry, reduction, share }: PoolingOptions): GeneratedKernel | undefined {
  if (!isSupported(geometry, reduction)) return undefined
  const rows = spanOf(geometry.batches * geometry.outputHeight, share)
  return {
    name: reduction.type,
    constants: [],
    scratchBytes: 0,
    emit(f, { inputs: [input = 0], output }) {
      const reduce = reduction.begin(f)
      const bytes = elementBytes[reduction.type]
      for (const slice of sliceRows(geometry, rows)) {
        emitRows(f, slice.geometry, bytes, reduce, {
          input: input + slice.inputAt * bytes,
          output: output + slice.outputAt * bytes,
        })
      }
    },
  }
}

function isSupported(geometry: ConvolutionGeometry, { largestCount = Infinity }: WindowReduction): boolean {
  const [rows, columns] = [rowRuns(geometry), columnRuns(geometry)]
  const counts = rows.flatMap((row) => columns.map((column) => row.size * column.size))
  const elements = geometry.batches * geometry.outputChannels * counts.length
  return (
    elements > 0 &&
    counts.length <= largestVariety &&
    counts.every((count) => count > 0 && count <= largestCount)
  )
}

function rowRuns(geometry: ConvolutionGeometry): readonly WindowRun[] {
  return windowRuns({
    outputs: geometry.outputHeight,
    inputs: geometry.inputHeight,
    filter: geometry.filterHeight,
    stride: geometry.strideHeight,
    padding: geometry.padTop,
  })
}

function columnRuns(geometry: ConvolutionGeometry): readonly WindowRun[] {
  return windowRuns({
    outputs: geometry.outputWidth,
    inputs: geometry.inputWidth,
    filter: geometry.filterWidth,
    stride: geometry.strideWidth,
    padding: geometry.padLeft,
  })
}

/** Windows along one axis: their sizes and places, bytes between input positions, and the address of the first of those. */
interface Axis {
  readonly runs: readonly WindowRun[]
  readonly stride: number
  readonly origin: Local<'i32'>
}

function emitRows(
  f: FunctionBuilder,
  geometry: ConvolutionGeometry,
  bytes: number,
  reduce: ReturnType<WindowReduction['begin']>,
  addresses: { readonly input: number; readonly output: number },
): void {
  const columnStride = geometry.inputChannels * bytes
  const rowStride = geometry.inputWidth * columnStride
  const [image, row] = [f.local('i32'), f.local('i32')]
  const [from, to] = [f.local('i32'), f.local('i32')]
  f.set(image, constant(addresses.input))
  f.set(to, constant(addresses.output))
  const rowAxis = { runs: rowRuns(geometry), stride: rowStride, origin: image }
  const columnAxis = { runs: columnRuns(geometry), stride: columnStride, origin: row }
  f.repeat(geometry.batches, () => {
    forEachWindow(f, rowAxis, (rows, rowStart) => () => {
      f.set(row, get(rowStart))
      forEachWindow(f, columnAxis, (columns, start) => {
        const compute = reduce({ rows, columns, rowStride, columnStride })
        return () => {
          f.set(from, get(start))
          emitChannelBlocks(f, columnStride, from, to, () => compute(from))
        }
      })
    })
    f.increase(image, geometry.inputHeight * rowStride)
  })
}

/**
 * Walks the windows of an axis.
 *
 * @param begin writes what windows of one size share; its result writes the code for one, given the address where it starts.
 */
function forEachWindow(
  f: FunctionBuilder,
  { runs, stride, origin }: Axis,
  begin: (size: number, start: Local<'i32'>) => () => void,
): void {
  const start = f.local('i32')
  for (const run of runs) {
    f.set(start, get(origin))
    f.increase(start, run.start * stride)
    const emit = begin(run.size, start)
    f.repeat(run.count, () => {
      emit()
      f.increase(start, run.step * stride)
    })
  }
}
