import type { ActivationRange } from '../../arithmetic/activation-range.ts'
import type { Arithmetic } from '../../arithmetic/arithmetic.ts'
import { clampFloat32 } from '../../shared/clamp.ts'
import { liveFloatBias } from '../../shared/float-bias.ts'
import { multiplyFloat32 } from '../../shared/matrix-vector.ts'

/** Sizes of a FULLY_CONNECTED: `rows` vectors of `depth` values become vectors of `units` values. */
export interface FullyConnectedGeometry {
  readonly rows: number
  readonly depth: number
  readonly units: number
}

/** What a float32 FULLY_CONNECTED needs besides its input. */
export interface FullyConnectedFloat32Parameters {
  readonly arithmetic: Arithmetic
  readonly geometry: FullyConnectedGeometry
  /** One value per unit. */
  readonly bias: Float32Array
  readonly range: ActivationRange
}

/**
 * FULLY_CONNECTED in float32, weights `[units, depth]`. Products are summed in the order of the depth, every operation
 * rounded to float32; the bias comes first or last, as in `floatBiasOrder`.
 */
export function fullyConnectedFloat32(
  parameters: FullyConnectedFloat32Parameters,
): (input: Float32Array, weights: Float32Array, output: Float32Array) => void {
  const { arithmetic, geometry, range } = parameters
  const biasNow = liveFloatBias(arithmetic, parameters.bias)
  const { rows, depth, units } = geometry
  return (input, weights, output) => {
    const bias = biasNow()
    for (let row = 0; row < rows; row++) {
      multiplyFloat32(input, row * depth, depth, weights, bias, 0, units, output, row * units)
    }
    clampFloat32(output, 0, rows * units, range)
  }
}
