import { roundHalfAwayFromZero, viewBytes } from '@quantrx/core'
import { constantBytes, quantizationOf } from '@quantrx/tflite'
import type { Model, Tensor } from '@quantrx/tflite'
import { mainGraph } from '../graph/slice-operators.ts'

/** Symmetric integer weights of a model. */
export interface StoredWeights {
  /** Integers in the order of the tensor. */
  readonly levels: Float64Array
  /** One for each output channel, or one for all. */
  readonly scales: readonly number[]
  /** Largest magnitude that an integer may have. */
  readonly limit: number
}

/** Largest bias that is stored; it stays clear of the ends of int32, as quantizing does. */
const largestBias = 2 ** 31 - 1

/** The weights in a tensor of the main subgraph; undefined unless they are symmetric int8 or int4 constants. */
export function storedWeights(model: Model, index: number): StoredWeights | undefined {
  const tensor = mainGraph(model).tensors?.[index]
  const bytes = tensor && constantBytes(model, tensor)
  const quantization = tensor && quantizationOf(tensor)
  if (
    tensor === undefined ||
    bytes === undefined ||
    quantization?.zeroPoints.some((zero) => zero !== 0) !== false
  ) {
    return undefined
  }
  const { scales } = quantization
  if (tensor.type === 'INT8')
    return { levels: Float64Array.from(viewBytes('int8', bytes)), scales, limit: 127 }
  if (tensor.type !== 'INT4') return undefined
  const count = (tensor.shape ?? []).reduce((product, size) => product * size, 1)
  return { levels: Float64Array.from({ length: count }, (_, at) => nibble(bytes, at)), scales, limit: 7 }
}

/** Weights as their tensor stores them. */
export function weightBytes({ type }: Tensor, levels: Float64Array): Uint8Array {
  if (type === 'INT8') return new Uint8Array(Int8Array.from(levels).buffer)
  const bytes = new Uint8Array(Math.ceil(levels.length / 2))
  // Two to a byte, the lower half first.
  levels.forEach((level, at) => (bytes[at >> 1]! |= (level & 15) << ((at & 1) * 4)))
  return bytes
}

/** A bias as its tensor stores it, int32 or int64: `round(b / scale)`. */
export function biasBytes({ type }: Tensor, bias: Float64Array, scales: readonly number[]): Uint8Array {
  const levels = Array.from(bias, (value, channel) => {
    const level = roundHalfAwayFromZero(value / (scales[channel] ?? scales[0] ?? 1))
    return Math.max(-largestBias, Math.min(largestBias, level))
  })
  const stored = type === 'INT64' ? BigInt64Array.from(levels, BigInt) : Int32Array.from(levels)
  return new Uint8Array(stored.buffer)
}

/** Sign-extended half of a byte. */
const nibble = (bytes: Uint8Array, at: number): number => ((bytes[at >> 1]! >> ((at & 1) * 4)) << 28) >> 28
