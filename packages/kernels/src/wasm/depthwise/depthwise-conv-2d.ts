import type { DepthwiseConv2dGeometry } from '../../ops/depthwise-conv-2d/geometry.ts'
import { constant, fillMemory } from '../assembler/expression.ts'
import type { Epilogue } from '../epilogue/epilogue.ts'
import type { InnerLoop } from '../inner-loop.ts'
import type { GeneratedKernel } from '../kernel.ts'
import { elementLoader } from './element-loader.ts'
import type { DepthwiseInput } from './element-loader.ts'
import { emitRows, rowsTogether, tilePositions } from './emit-rows.ts'
import { tapGroups } from './tap-groups.ts'
import { packTaps, tapWeights } from './tap-weights.ts'
import { leavesRows } from './window-rows.ts'

/** What a generated DEPTHWISE_CONV_2D is made of. */
export interface DepthwiseConv2dOptions {
  readonly geometry: DepthwiseConv2dGeometry
  readonly input: DepthwiseInput
  readonly inner: InnerLoop
  /** Starts with a bias in which the zero point is folded, see {@link zeroPointInSums}. */
  readonly epilogue: Epilogue
  /** `[1, height, width, outputChannels]`, zero points subtracted. */
  readonly filter: Float32Array | Int16Array
  /** Order of float32 sums. */
  readonly order: 'rows' | 'columns'
}

/**
 * DEPTHWISE_CONV_2D
 *
 * @returns undefined for what it does not compute.
 */
export function depthwiseConv2dKernel(options: DepthwiseConv2dOptions): GeneratedKernel | undefined {
  const { geometry, input, inner, epilogue, filter, order } = options
  const { outputHeight, outputWidth, batches, outputChannels, depthMultiplier } = geometry
  if (depthMultiplier !== 1 || batches * outputHeight * outputWidth * outputChannels === 0) return undefined
  const size = inner.elementsPerStep
  const tile = { rows: rowsTogether(geometry, size), columns: Math.min(tilePositions, outputWidth) }
  const weights = tapWeights(tapGroups(geometry, tile, size, order))
  const make = { 1: Float32Array, 2: Int16Array, 4: Int8Array }[size]
  const packed = packTaps<Float32Array | Int16Array | Int8Array>(
    filter,
    geometry,
    weights.vectors,
    (length) => new make(length),
  )
  const hasBorder = leavesRows(geometry)
  const borderBytes = geometry.inputWidth * geometry.inputChannels * (input.kind === 'float32' ? 4 : 1)
  return {
    name: inner.name,
    constants: [packed, epilogue.parameters],
    scratchBytes: hasBorder ? borderBytes + 16 : 0,
    emit(f, { inputs, output, constants, scratch }) {
      const [from = 0] = inputs
      const [weightsAt = 0, parameters = 0] = constants
      if (hasBorder) {
        const value = input.kind === 'float32' ? 0 : input.zeroPoint & 0xff
        f.emit(fillMemory(constant(scratch), constant(value), constant(borderBytes + 16)))
      }
      const loader = elementLoader(f, input, size)
      const finish = epilogue.begin(f)
      emitRows(
        f,
        { geometry, inner, loader, epilogue, finish, weights, order },
        { input: from, output, weights: weightsAt, parameters, border: hasBorder ? scratch : undefined },
      )
    },
  }
}
