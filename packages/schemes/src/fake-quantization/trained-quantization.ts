import { fakeQuantization, integerLimits } from '@quantrx/core'
import type { QuantizationParameters, Range } from '@quantrx/core'
import { dataTypeOf, optionsOf, quantizationOf } from '@quantrx/tflite'
import type { Operator, Tensor } from '@quantrx/tflite'

/** How training has quantized a tensor: what it has learned to live with, and is not to be calibrated anew. */
export interface TrainedQuantization {
  /** Its integers. */
  readonly parameters: QuantizationParameters
  readonly limits: Range
  /** The same as integers of int8; undefined where they have not 8 bits. */
  readonly int8: QuantizationParameters | undefined
}

/** The real numbers that the integers of a tensor reach, which is quantized as a whole. */
export function trainedRange({ parameters: { scales, zeroPoints }, limits }: TrainedQuantization): Range {
  const real = (level: number): number => (level - zeroPoints[0]!) * scales[0]!
  return { min: real(limits.min), max: real(limits.max) }
}

/** How a tensor is quantized that stands between a QUANTIZE and a DEQUANTIZE; undefined for types that none of ours can follow. */
export function quantizationBetween(tensor: Tensor | undefined): TrainedQuantization | undefined {
  if (tensor === undefined) return undefined
  const [type, stored] = [dataTypeOf(tensor), quantizationOf(tensor)]
  if (stored === undefined || (type !== 'int8' && type !== 'uint8' && type !== 'int16')) return undefined
  const parameters = { ...stored, zeroPoints: stored.scales.map((_, at) => stored.zeroPoints[at] ?? 0) }
  return {
    ...{ parameters, limits: integerLimits[type] },
    int8: type === 'int16' ? undefined : moved(parameters, type === 'uint8' ? -128 : 0),
  }
}

/** The quantization that a FAKE_QUANT imitates; undefined for one of no width, or of bits that there are not. */
export function quantizationOfFake(operator: Operator): TrainedQuantization | undefined {
  const { min, max, numBits: bits, narrowRange } = optionsOf(operator, 'FAKE_QUANT')
  if (!(bits >= 2 && bits <= 16 && min <= 0 && max >= 0)) return undefined
  const { scale, zeroPoint, lowest, highest } = fakeQuantization({ min, max, bits, narrowRange })
  if (scale === 0) return undefined
  const parameters = { scales: [scale], zeroPoints: [zeroPoint], axis: 0 }
  return {
    ...{ parameters, limits: { min: lowest, max: highest } },
    int8: bits === 8 ? moved(parameters, -128) : undefined,
  }
}

const moved = (parameters: QuantizationParameters, by: number): QuantizationParameters => ({
  ...parameters,
  zeroPoints: parameters.zeroPoints.map((zeroPoint) => zeroPoint + by),
})
