import type { DepthwiseConv2dGeometry } from '../../ops/depthwise-conv-2d/geometry.ts'
import { constant, fillMemory } from '../assembler/expression.ts'
import type { FunctionBuilder } from '../assembler/function-builder.ts'
import { emitPaddedInput, paddedBytes, paddedInput } from '../convolution/padded-input.ts'
import { bytesOf, outsideByte } from './element-loader.ts'
import type { DepthwiseInput } from './element-loader.ts'

/** An input as windows read it. */
export interface PreparedInput {
  /** That of the input that is read, which may be a padded copy. */
  readonly geometry: DepthwiseConv2dGeometry
  readonly scratchBytes: number
  /** True when zeros stand for positions of float32 inputs that do not exist. */
  readonly addsZeros: boolean
  /**
   * Writes the code that prepares the input.
   *
   * @returns the addresses of the input that is read, and of a row of it that stands for those above and below.
   */
  emit(f: FunctionBuilder, from: number, scratch: number): { input: number; border: number | undefined }
}

/** Kernels read a little past their operands. */
const slackBytes = 64

/** An input that is read where it lies. A row of the border is made where windows leave the input above or below. */
export function inputInPlace(geometry: DepthwiseConv2dGeometry, input: DepthwiseInput): PreparedInput {
  if (!leavesInput(geometry).rows) {
    const emit: PreparedInput['emit'] = (_, from) => ({ input: from, border: undefined })
    return { geometry, scratchBytes: 0, addsZeros: false, emit }
  }
  const scratchBytes = geometry.inputWidth * geometry.inputChannels * bytesOf(input) + slackBytes
  const value = outsideByte(input)
  return {
    ...{ geometry, scratchBytes, addsZeros: input.kind === 'float32' },
    emit(f, from, scratch) {
      f.emit(fillMemory(constant(scratch), constant(value), constant(scratchBytes)))
      return { input: from, border: scratch }
    },
  }
}

/** A copy of an input with room around it, so that no window leaves it. */
export function paddedCopy(geometry: DepthwiseConv2dGeometry, input: DepthwiseInput): PreparedInput {
  // As bytes without a sign they are copied as they are, and so is the zero point.
  const form =
    input.kind === 'bytes'
      ? ({ kind: 'uint8', signed: false, zeroPoint: outsideByte(input) } as const)
      : input
  const padded = paddedInput(geometry, form)
  const { top, left, bottom, right, height, width } = padded
  const size = { inputHeight: top + height + bottom, inputWidth: left + width + right }
  return {
    geometry: { ...geometry, ...size, padTop: 0, padLeft: 0 },
    scratchBytes: paddedBytes(padded) + slackBytes,
    addsZeros: input.kind === 'float32',
    emit(f, from, scratch) {
      emitPaddedInput(f, padded, from, scratch)
      return { input: scratch, border: undefined }
    },
  }
}

/** Whether windows reach beyond the rows and the columns of the input. */
export function leavesInput(geometry: DepthwiseConv2dGeometry): { rows: boolean; columns: boolean } {
  const { top, left, bottom, right } = paddedInput(geometry, { kind: 'float32' })
  return { rows: top + bottom > 0, columns: left + right > 0 }
}
