import type { Operator } from '@quantrx/tflite'
import type { Representation } from './representations.ts'

/** An operator that makes one form of a tensor of another. */
export interface Conversion {
  readonly kind: 'QUANTIZE' | 'DEQUANTIZE'
  readonly version: number
}

/** First runtimes that know the versions of conversions; TensorFlow Lite's table of runtime versions. */
export const conversionRuntimes: Readonly<Record<Conversion['kind'], Readonly<Record<number, string>>>> = {
  QUANTIZE: { 1: '1.14.0', 2: '1.15.0' },
  DEQUANTIZE: { 2: '1.14.0', 3: '1.15.0', 5: '2.7.0', 6: '2.18.0' },
}

/** The conversion between two forms, in the version that its types need. */
export function conversionBetween(from: Representation, to: Representation): Conversion {
  if (to.kind !== 'source' && to.kind !== 'dequantized') {
    return { kind: 'QUANTIZE', version: to.kind === 'int16' ? 2 : 1 }
  }
  if (from.kind === 'int4') return { kind: 'DEQUANTIZE', version: 6 }
  if (from.kind === 'int16' || from.kind === 'float16') return { kind: 'DEQUANTIZE', version: 3 }
  const perChannel = from.kind !== 'source' && from.parameters.scales.length > 1
  return { kind: 'DEQUANTIZE', version: perChannel ? 5 : 2 }
}

/** A conversion as an operator without its operands. */
export function conversionOperator(
  { kind }: Conversion,
  opcodeIndex: number,
): Omit<Operator, 'inputs' | 'outputs'> {
  return {
    opcodeIndex,
    builtinOptions: { kind: kind === 'DEQUANTIZE' ? 'DequantizeOptions' : 'QuantizeOptions' },
    customOptionsFormat: 'FLEXBUFFERS',
    largeCustomOptionsOffset: 0n,
    largeCustomOptionsSize: 0n,
    debugMetadataIndex: -1,
  }
}
