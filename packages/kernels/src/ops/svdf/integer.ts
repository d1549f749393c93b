import type { QuantizedMultiplier } from '../../arithmetic/fixed-point.ts'
import { multiplyByQuantizedMultiplier } from '../../arithmetic/fixed-point.ts'
import { centerInto } from '../../shared/centered.ts'
import { multiplyInt32 } from '../../shared/matrix-vector.ts'
import type { SvdfGeometry } from './float32.ts'

/** What an integer SVDF needs besides its tensors. */
export interface SvdfIntegerParameters {
  readonly geometry: SvdfGeometry
  /** `[filters, inputs]` */
  readonly featureWeights: Int16Array
  /** `[filters, memory]`, the oldest value's weight first. */
  readonly timeWeights: Int16Array
  /** One value for each unit, in units of state scale × time scale. */
  readonly bias: Int32Array
  readonly inputZeroPoint: number
  readonly outputZeroPoint: number
  /** From products with features to the scale of the state. */
  readonly toState: QuantizedMultiplier
  /** From products with the state to the scale of the output. */
  readonly toOutput: QuantizedMultiplier
}

/**
 * SVDF with int8 inputs, outputs and features, int16 states and time weights (`EvalIntegerSVDF` of TensorFlow Lite); its
 * activation is the RELU that the range of the output already is.
 *
 * @returns a function of the input `[batches, inputs]`, the state `[batches, filters, memory]`, which it changes, and the
 * output `[batches, units]`.
 */
export function svdfInteger(
  parameters: SvdfIntegerParameters,
): (input: Int8Array, state: Int16Array, output: Int8Array) => void {
  const { geometry, featureWeights, timeWeights, bias, toState, toOutput } = parameters
  const { inputZeroPoint, outputZeroPoint } = parameters
  const { batches, inputs, units, rank, memory } = geometry
  const filters = units * rank
  const centered = new Int16Array(batches * inputs)
  const [newest, none] = [new Int32Array(filters), new Int32Array(filters)]
  return (input, state, output) => {
    state.copyWithin(0, 1)
    centerInto(centered, input, inputZeroPoint)
    for (let batch = 0; batch < batches; batch++) {
      multiplyInt32(centered, batch * inputs, inputs, featureWeights, none, 0, filters, newest)
      for (let filter = 0; filter < filters; filter++)
        state[(batch * filters + filter + 1) * memory - 1] = clamp16(rescale(newest[filter]!, toState))
      for (let unit = 0; unit < units; unit++) {
        let sum = bias[unit]!
        for (let at = unit * rank * memory; at < (unit + 1) * rank * memory; at++)
          sum = (sum + Math.imul(timeWeights[at]!, state[batch * filters * memory + at]!)) | 0
        const value = rescale(sum, toOutput) + outputZeroPoint
        output[batch * units + unit] = Math.min(127, Math.max(-128, value))
      }
    }
  }
}

const rescale = (value: number, { multiplier, shift }: QuantizedMultiplier): number =>
  multiplyByQuantizedMultiplier(value, multiplier, shift)

const clamp16 = (value: number): number => Math.min(32767, Math.max(-32768, value))
