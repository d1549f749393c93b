import type { HybridScaling } from '../../shared/convolve-hybrid.ts'
import { clampFloat32 } from '../../shared/clamp.ts'
import { multiplyInt32 } from '../../shared/matrix-vector.ts'
import { quantizeRow } from '../../shared/quantize-batch.ts'
import type { FullyConnectedGeometry } from './float32.ts'

/** What a hybrid FULLY_CONNECTED needs besides its input. */
export interface FullyConnectedHybridParameters {
  readonly geometry: FullyConnectedGeometry
  /** `[units, depth]`, int8 with zero point 0. */
  readonly weights: Int16Array
  readonly scaling: HybridScaling
}

/**
 * FULLY_CONNECTED with float32 activations and int8 weights: each row is quantized by its own range, multiplied in
 * integers and scaled back, `inputScale * weightScale * accumulator + bias`. Follows spec section 9.
 */
export function fullyConnectedHybrid(
  parameters: FullyConnectedHybridParameters,
): (input: Float32Array, output: Float32Array) => void {
  const { geometry, weights, scaling } = parameters
  const { rows, depth, units } = geometry
  const { filterScales, bias, range, inputQuantization } = scaling
  const centered = new Int16Array(rows * depth)
  const accumulators = new Int32Array(units)
  const noBias = new Int32Array(units)
  return (input, output) => {
    for (let row = 0; row < rows; row++) {
      const inputScale = quantizeRow(input, row * depth, depth, inputQuantization, centered)
      multiplyInt32(centered, row * depth, depth, weights, noBias, 0, units, accumulators)
      for (let unit = 0; unit < units; unit++) {
        const scale = Math.fround(inputScale * filterScales[unit]!)
        output[row * units + unit] = Math.fround(accumulators[unit]! * scale) + bias[unit]!
      }
    }
    clampFloat32(output, 0, rows * units, range)
  }
}
