/**
 * How stored integers stand for real numbers: `real = scale * (stored - zeroPoint)`.
 *
 * One scale and zero point for the whole tensor, or one per slice along `axis` (per-channel). Scales are positive and
 * exactly representable in float32; zero points lie within the range of the storage type.
 * Follows the TensorFlow Lite 8-bit quantization specification.
 */
export interface QuantizationParameters {
  readonly scales: readonly number[]
  readonly zeroPoints: readonly number[]
  /** Dimension along which the scales differ; meaningful only with more than one scale. */
  readonly axis: number
}

/** Storage types of quantized tensors and the integers they hold. */
export const integerLimits = {
  int8: { min: -128, max: 127 },
  uint8: { min: 0, max: 255 },
  int16: { min: -32768, max: 32767 },
  int32: { min: -2147483648, max: 2147483647 },
} as const

/** A storage type of quantized tensors. */
export type IntegerType = keyof typeof integerLimits
