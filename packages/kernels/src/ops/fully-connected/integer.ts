import type { IntegerArray } from '../../arithmetic/requantize.ts'
import { centerInto } from '../../shared/centered.ts'
import { multiplyIntegers } from '../../shared/matrix-vector.ts'
import type { Sums } from '../../shared/sums.ts'
import type { FullyConnectedGeometry } from './float32.ts'

/** What an integer FULLY_CONNECTED needs besides its input. */
export interface FullyConnectedIntegerParameters<Values extends Sums> {
  readonly geometry: FullyConnectedGeometry
  /** `[units, depth]`, zero points subtracted. */
  readonly weights: Int16Array
  /** One value per unit, in units of input scale × weight scale. */
  readonly bias: Values
  readonly inputZeroPoint: number
  requantize(sums: Values, count: number, output: IntegerArray, at: number): void
}

/** FULLY_CONNECTED on quantized integers: `requantize(bias + sum(weights * (input - zeroPoint)))`. Follows spec 7.1. */
export function fullyConnectedInteger<Values extends Sums>(
  parameters: FullyConnectedIntegerParameters<Values>,
): (input: IntegerArray, output: IntegerArray) => void {
  const { geometry, weights, bias, inputZeroPoint } = parameters
  const { rows, depth, units } = geometry
  const centered = new Int16Array(rows * depth)
  const accumulators = bias.slice() as Values
  return (input, output) => {
    centerInto(centered, input, inputZeroPoint)
    for (let row = 0; row < rows; row++) {
      multiplyIntegers(centered, row * depth, depth, weights, bias, 0, units, accumulators)
      parameters.requantize(accumulators, units, output, row * units)
    }
  }
}
