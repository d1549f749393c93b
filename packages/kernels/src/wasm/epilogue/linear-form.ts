import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder } from '../assembler/function-builder.ts'
import { lineOf } from './line.ts'
import type { EmitQuad, QuadForm } from './quad-form.ts'
import type { RequantizeEpilogueOptions } from './requantize-float.ts'
import { asSignedBytes } from './shifted-bytes.ts'
import { productOperands, upperProducts } from './upper-products.ts'

/** Bias, multiplier, offsets of 64 bits in two vectors. */
const vectorsPerQuad = 4

/**
 * Requantizes by one product of 64 bits and an addition, where outputs of negative sums are clamped: exactly gemmlowp's double
 * rounding (spec 6.2) for every sum that can occur. Outputs are left too large by a power of two for each channel, and are not
 * clamped. Channels without a line are left out.
 *
 * Nearly all of it runs beside the units that multiply, which the sums of the next positions need.
 *
 * @param largestSums bounds of the magnitude of the sums of each channel, bias included.
 */
export function linearForm(options: RequantizeEpilogueOptions, largestSums: Float64Array): QuadForm {
  const { bias, scales, centers } = options
  const output = asSignedBytes(options)
  const lines = Array.from(largestSums, (largest, channel) => {
    const center = centers?.[channel] ?? 0
    const reach = Math.ceil(largest) - Math.abs(center)
    const sums = { min: center - reach, max: center + reach }
    return lineOf({ scale: scales[scales.length > 1 ? channel : 0]!, ...output, sums })
  })
  return {
    vectorsPerQuad,
    shiftsOf: (quad) => [0, 1, 2, 3].map((lane) => lines[quad * 4 + lane]?.shift ?? 1),
    parametersOf(quad) {
      const packed = new Int32Array(vectorsPerQuad * 4)
      const offsets = new BigInt64Array(packed.buffer, 32, 4)
      for (let channel = quad * 4; channel < Math.min(quad * 4 + 4, lines.length); channel++) {
        const line = lines[channel]
        if (line === undefined) return undefined
        const { multiplier, shift, offset } = line
        const lane = channel & 3
        packed[lane] = bias[channel]!
        packed[4 + lane] = multiplier
        // What undoes the power of two rounds halves up.
        offsets[lane] = BigInt(offset) - (1n << BigInt(31 + shift))
      }
      return packed
    },
    begin: emitLines,
  }
}

function emitLines(f: FunctionBuilder): EmitQuad {
  const loadOperands = productOperands(f)
  return (sums, parameters, from) => {
    const operands = loadOperands(parameters, from + 16)
    for (const sum of sums) f.set(sum, upperProducts(get(sum), operands, 's'))
  }
}
