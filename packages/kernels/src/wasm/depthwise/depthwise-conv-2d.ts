import type { DepthwiseConv2dGeometry } from '../../ops/depthwise-conv-2d/geometry.ts'
import type { Epilogue } from '../epilogue/epilogue.ts'
import type { InnerLoop } from '../inner-loop.ts'
import type { GeneratedKernel } from '../kernel.ts'
import { shareRows } from '../share-rows.ts'
import { spanOf } from '../share.ts'
import type { Share, Span } from '../share.ts'
import { bandKernel } from './band-kernel.ts'
import { suitsBands } from './bands.ts'
import { channelSpread } from './channel-spread.ts'
import { emitTapVectors, singleTaps, vectorBytes } from './compact-taps.ts'
import type { DepthwisePlan } from './depthwise-code.ts'
import { bytesOf, elementLoader } from './element-loader.ts'
import type { DepthwiseInput } from './element-loader.ts'
import { emitRows } from './emit-rows.ts'
import { planDepthwise } from './plan-depthwise.ts'
import { registers } from './registers.ts'
import type { SumOrder, TapVector } from './tap-groups.ts'
import { packTaps, packedLength } from './tap-weights.ts'
import { partOrigins } from './window-parts.ts'

/** What a generated DEPTHWISE_CONV_2D is made of. */
export interface DepthwiseConv2dOptions {
  readonly geometry: DepthwiseConv2dGeometry
  readonly input: DepthwiseInput
  readonly inner: InnerLoop
  /** Its sums start with a bias that holds the zero point of integer inputs, see {@link zeroPointInSums}. */
  readonly epilogue: Epilogue
  /** `[1, height, width, outputChannels]`, zero points subtracted. */
  readonly filter: Float32Array | Int16Array
  /** True for products of bytes where some weights exceed them: those have code in few kernels. */
  readonly exceeds?: boolean
  /** Order of float32 sums. */
  readonly order: SumOrder
  /** The part of the output rows of all images that is computed, or of the channels where there is one row. */
  readonly share?: Share | undefined
  /** True for packed weights that are no larger than those of the filter, and for short code, although it costs time. */
  readonly compact?: boolean | undefined
}

/**
 * DEPTHWISE_CONV_2D: tiles of a few channels and output positions, for which the elements of overlapping windows are loaded
 * once, from the input where it lies.
 *
 * @returns undefined for what it does not compute: empty tensors, windows with infinite weights that leave the input, and weights
 * that exceed bytes where bands do not serve or two bytes do not hold them.
 */
export function depthwiseConv2dKernel(options: DepthwiseConv2dOptions): GeneratedKernel | undefined {
  const { geometry, input, epilogue, share } = options
  const { batches, outputHeight, outputWidth, outputChannels } = geometry
  if (batches * outputHeight * outputWidth * outputChannels === 0) return undefined
  if (options.exceeds === true && (batches * outputHeight === 1 || !suitsBands(options))) return undefined
  if (batches * outputHeight === 1) return channelsKernel(options, spanOf(outputChannels, share, 8))
  const bytes = { input: bytesOf(input), output: epilogue.outputBytes }
  const all = { from: 0, to: outputChannels }
  return shareRows(geometry, share, bytes, (rows) => {
    const own = { ...options, geometry: rows }
    return suitsBands(own) ? bandKernel(own) : channelsKernel(own, all)
  })
}

/** The kernel of some channels; the first is the first of a panel. */
function channelsKernel(options: DepthwiseConv2dOptions, channels: Span): GeneratedKernel | undefined {
  const { geometry, input, inner, epilogue } = options
  const { from, to } = channels
  if (from === to) return { name: inner.name, constants: [], scratchBytes: 0, emit: () => undefined }
  const { plan, prepared } = planDepthwise(options, channels)
  // Products with the zeros around the input show in no sum unless they are no numbers.
  if (prepared.addsZeros && !options.filter.every(Number.isFinite)) return undefined
  const spreads = geometry.depthMultiplier > 1
  const expands = options.compact === true && inner.elementsPerStep > 1
  const vectorsAt = aligned(prepared.scratchBytes)
  const parametersPerChannel = epilogue.vectorsPerQuad * 4
  return {
    name: inner.name,
    constants: [
      packedTaps(options, plan, expands ? singleTaps(plan) : plan.weights.vectors),
      epilogue.parameters.subarray(
        (from / 4) * parametersPerChannel,
        Math.ceil(to / 4) * parametersPerChannel,
      ),
      ...(spreads ? [channelSpread(plan.panels, from, geometry.depthMultiplier, plan.elementBytes)] : []),
    ],
    ...(epilogue.signature === undefined ? {} : { signature: signatureOf(options, channels) }),
    scratchBytes: expands ? vectorsAt + vectorBytes(plan) : prepared.scratchBytes,
    emit(f, { inputs: [start = 0], output, constants: [packed = 0, parameters = 0, table = 0], scratch }) {
      const weights = expands ? scratch + vectorsAt : packed
      if (expands) emitTapVectors(f, plan, packed, weights)
      const spread = spreads ? f.local('v128') : undefined
      const loader = elementLoader(f, input, inner.elementsPerStep, spread)
      const code = { ...plan, registers: registers(f), loader, finish: epilogue.begin(f), spread }
      const addresses = { weights, parameters, spread: table, output: output + from * epilogue.outputBytes }
      emitRows(f, code, { ...addresses, ...prepared.emit(f, start, scratch) })
    },
  }
}

function signatureOf(options: DepthwiseConv2dOptions, channels: Span): string {
  const { geometry, input, inner, epilogue, order, compact = false } = options
  const code = [geometry, input, inner.name, epilogue.signature, order, compact]
  return JSON.stringify(['DEPTHWISE_CONV_2D', ...code, channels])
}

const aligned = (bytes: number): number => Math.ceil(bytes / 16) * 16

function packedTaps(
  { filter, geometry, inner }: DepthwiseConv2dOptions,
  { parts, panels, firstChannel }: DepthwisePlan,
  vectors: readonly TapVector[],
): Float32Array | Int16Array | Int8Array {
  const packing = { vectors, origins: partOrigins(parts), panels, firstChannel }
  const packed = new { 1: Float32Array, 2: Int16Array, 4: Int8Array }[inner.elementsPerStep](
    packedLength(packing),
  )
  packTaps(filter, geometry, packing, packed)
  return packed
}
