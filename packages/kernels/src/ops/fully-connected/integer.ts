import type { IntegerArray, Requantizer } from '../../arithmetic/requantize.ts'
import { centerInto } from '../../shared/centered.ts'
import { multiplyInt32 } from '../../shared/matrix-vector.ts'
import type { FullyConnectedGeometry } from './float32.ts'

/** What an integer FULLY_CONNECTED needs besides its input. */
export interface FullyConnectedIntegerParameters {
  readonly geometry: FullyConnectedGeometry
  /** `[units, depth]`, zero points subtracted. */
  readonly weights: Int16Array
  /** One value per unit, in units of input scale × weight scale. */
  readonly bias: Int32Array
  readonly inputZeroPoint: number
  readonly requantize: Requantizer
}

/** FULLY_CONNECTED on int8 or uint8: `requantize(bias + sum(weights * (input - zeroPoint)))`. Follows spec 7.1. */
export function fullyConnectedInteger(
  parameters: FullyConnectedIntegerParameters,
): (input: IntegerArray, output: IntegerArray) => void {
  const { geometry, weights, bias, inputZeroPoint, requantize } = parameters
  const { rows, depth, units } = geometry
  const centered = new Int16Array(rows * depth)
  const accumulators = new Int32Array(units)
  return (input, output) => {
    centerInto(centered, input, inputZeroPoint)
    for (let row = 0; row < rows; row++) {
      multiplyInt32(centered, row * depth, depth, weights, bias, 0, units, accumulators)
      requantize(accumulators, units, output, row * units)
    }
  }
}
