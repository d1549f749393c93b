import type { Conv2dGeometry } from '../../ops/conv-2d/geometry.ts'
import { transposeConvPhases } from '../../ops/transpose-conv/phases.ts'
import type { TransposeConvPhase } from '../../ops/transpose-conv/phases.ts'
import type { ConvolutionGeometry } from '../../shared/convolution-geometry.ts'
import { emitStridedCopy } from '../copy/strided-copy.ts'
import type { StridedCopy } from '../copy/strided-copy.ts'
import type { GeneratedKernel } from '../kernel.ts'
import type { ElementBytes } from '../share-rows.ts'
import { spanOf } from '../share.ts'
import type { Share } from '../share.ts'
import { sliceRows } from '../slice-rows.ts'
import type { RowSlice } from '../slice-rows.ts'

type Filter = Float32Array | Int16Array

/** What a generated TRANSPOSE_CONV is made of. */
export interface TransposeConvOptions<Values extends Filter> {
  readonly geometry: ConvolutionGeometry
  /** `[outputChannels, height, width, inputChannels]`, zero points subtracted. */
  readonly filter: Values
  readonly bytes: ElementBytes
  /** The part of the output that is computed; everything when it is left out. */
  readonly share?: Share | undefined
  /** Makes the kernels of a convolution with a filter, of which rows are left out for shares. */
  convolution(geometry: Conv2dGeometry, filter: Values): (rows: Conv2dGeometry) => GeneratedKernel | undefined
}

/** Rows of the outputs of one phase. */
interface Part {
  readonly slice: RowSlice<Conv2dGeometry>
  readonly kernel: GeneratedKernel
  /** From the dense outputs of the phase to their places. */
  readonly copy: StridedCopy
}

/**
 * TRANSPOSE_CONV as the convolutions of its phases: each is computed densely, and its outputs are copied to their places,
 * a stride apart.
 *
 * @returns undefined where outputs meet no element of the filter, and where the convolution is not computed.
 */
export function transposeConvKernel<Values extends Filter>(
  options: TransposeConvOptions<Values>,
): GeneratedKernel | undefined {
  const { geometry, filter, bytes } = options
  const parts = transposeConvPhases(geometry, filter).flatMap((phase) => partsOf(phase, options))
  if (!parts.every((part) => part !== undefined)) return undefined
  const dense = parts.map(({ slice }) => elementsOf(slice.geometry) * bytes.output)
  // The copy of a row may read a vector beyond its end.
  const denseBytes = Math.ceil((Math.max(0, ...dense) + 64) / 16) * 16
  return {
    name: parts[0]?.kernel.name ?? 'no rows',
    constants: parts.flatMap(({ kernel }) => kernel.constants),
    scratchBytes: denseBytes + Math.max(0, ...parts.map(({ kernel }) => kernel.scratchBytes)),
    emit(f, { inputs: [input = 0], output, constants, scratch }) {
      let taken = 0
      for (const { slice, kernel, copy } of parts) {
        const own = constants.slice(taken, taken + kernel.constants.length)
        taken += own.length
        kernel.emit(f, {
          ...{ inputs: [input + slice.inputAt * bytes.input], output: scratch },
          ...{ constants: own, scratch: scratch + denseBytes },
        })
        emitStridedCopy(f, copy, scratch, output)
      }
    },
  }
}

function partsOf<Values extends Filter>(
  phase: TransposeConvPhase<Values>,
  { geometry: whole, share, bytes, convolution }: TransposeConvOptions<Values>,
): readonly (Part | undefined)[] {
  const { geometry, filter, outputAt } = phase
  if (filter.length === 0 || Math.min(geometry.padTop, geometry.padLeft) < 0) return [undefined]
  const build = convolution(geometry, filter)
  const slices = sliceRows(geometry, spanOf(geometry.batches * geometry.outputHeight, share))
  return slices.map((slice) => {
    const kernel = slice.geometry.inputHeight > 0 ? build(slice.geometry) : undefined
    const to = outputAt(slice.outputAt) * bytes.output
    return kernel && { slice, kernel, copy: placing(slice.geometry, whole, to, bytes.output) }
  })
}

const elementsOf = ({ batches, outputHeight, outputWidth, outputChannels }: ConvolutionGeometry): number =>
  batches * outputHeight * outputWidth * outputChannels

/** The copy of dense outputs to every stride-th position of the whole output. */
function placing(
  { batches, outputHeight, outputWidth, outputChannels }: ConvolutionGeometry,
  whole: ConvolutionGeometry,
  targetAt: number,
  bytes: number,
): StridedCopy {
  const rowBytes = outputChannels * bytes
  const line = whole.outputWidth * rowBytes
  return {
    ...{ sourceAt: 0, targetAt, rowBytes },
    loops: [
      { count: batches, steps: [outputHeight * outputWidth * rowBytes, whole.outputHeight * line] },
      { count: outputHeight, steps: [outputWidth * rowBytes, whole.strideHeight * line] },
      { count: outputWidth, steps: [rowBytes, whole.strideWidth * rowBytes] },
    ],
  }
}
