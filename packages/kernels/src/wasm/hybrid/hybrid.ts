import type { HybridScaling } from '../../shared/convolve-hybrid.ts'
import { float32Epilogue } from '../epilogue/float32.ts'
import type { Epilogue } from '../epilogue/epilogue.ts'
import type { GeneratedKernel } from '../kernel.ts'
import { emitQuantizeRows } from './quantize-rows.ts'
import { channelScalesAndBiases, emitScaledSums } from './scale-sums.ts'

/** A product of float32 activations and int8 weights, around one of integers. */
export interface HybridOptions {
  /** What is quantized by a range of its own: images, or rows of a matrix. */
  readonly rows: number
  /** Elements of a row. */
  readonly length: number
  /** Output positions of a row. */
  readonly positions: number
  readonly scaling: HybridScaling
  /** Bound of the magnitudes of all sums of products. */
  readonly largestSum: number
  /** Sums the products of int16 inputs, as {@link sumsAlone} leaves them. */
  readonly products: GeneratedKernel
}

/** An epilogue that stores int32 sums of products as they are: the bits of a float32 that nothing is added to. */
export function sumsAlone(channels: number): Epilogue {
  const none = new Float32Array(channels)
  return float32Epilogue({ first: none, last: none }, { min: -Infinity, max: Infinity })
}

/** The largest integer up to which float32 holds all. */
const exactFloat = 2 ** 24

/** Bytes that kernels may read and write behind a row. */
const slackBytes = 64

/**
 * Hybrid CONV_2D, DEPTHWISE_CONV_2D and FULLY_CONNECTED (spec section 9), equal to the reference bit for bit: each row is quantized by
 * its own range, multiplied in integers, and its sums are scaled in their place in the output.
 */
export function hybridKernel(options: HybridOptions): GeneratedKernel {
  const { rows, length, positions, scaling, largestSum, products } = options
  const { filterScales, bias, range, inputQuantization: quantization } = scaling
  const quantizedBytes = aligned(rows * length * 2 + slackBytes)
  const scalesBytes = aligned(rows * 4)
  const own = quantizedBytes + scalesBytes + 32
  return {
    name: products.name,
    constants: [channelScalesAndBiases(filterScales, bias), ...products.constants],
    scratchBytes: own + products.scratchBytes,
    emit(f, { inputs: [from = 0], output, constants: [parameters = 0, ...constants], scratch }) {
      const scales = scratch + quantizedBytes
      const cell = scales + scalesBytes
      emitQuantizeRows(f, { rows, length, quantization }, { from, to: scratch, scales, cell })
      products.emit(f, { inputs: [scratch], output, constants, scratch: scratch + own })
      const isExact = largestSum <= exactFloat
      const channels = filterScales.length
      emitScaledSums(f, { rows, positions, channels, range, isExact }, { output, scales, parameters })
    },
  }
}

const aligned = (bytes: number): number => Math.ceil(bytes / 16) * 16
