import { multiplyByQuantizedMultiplier } from '../../arithmetic/fixed-point.ts'
import type { Sign } from '../../shared/sign.ts'
import { integerSum, xnnpackTakesSum } from '../../shared/signed-sum-xnnpack.ts'
import { scaledSum } from '../../shared/signed-sum.ts'
import type { ScaledSum } from '../../shared/signed-sum.ts'
import type { GeneratedKernel } from '../kernel.ts'
import type { Share } from '../share.ts'
import { middleOf } from './bytes.ts'
import type { ByteParameters } from './bytes.ts'
import { elementwiseKernel } from './elementwise-kernel.ts'
import { nearTieOffsets } from './near-ties.ts'
import type { SteppedSum } from './near-ties.ts'
import type { ElementwiseOperator } from './operator.ts'
import { planeOperator } from './plane-operator.ts'
import { fineBits, findPlane } from './plane.ts'
import type { Plane, Slopes } from './plane.ts'
import { tabledSumOperator } from './tabled-sum.ts'
import { broadcastWalk } from './walk.ts'

/**
 * ADD (sign 1) or SUB (sign -1) on 8-bit integers, equal to the reference bit for bit in either arithmetic.
 *
 * @returns undefined where zero points far outside of the type let sums leave 32 bits.
 */
export function sumOfBytesKernel(
  sign: Sign,
  parameters: ByteParameters,
  share?: Share,
): GeneratedKernel | undefined {
  const operator = sumOperator(sign, parameters)
  return operator && elementwiseKernel(operator, broadcastWalk(parameters.rows), share)
}

function sumOperator(sign: Sign, parameters: ByteParameters): ElementwiseOperator | undefined {
  const { type, range } = parameters
  const options = { inputType: type, outputType: type, range }
  if (xnnpackTakesSum(parameters)) {
    const plane = xnnpackPlane(sign, parameters)
    return plane && planeOperator(plane, options)
  }
  const sum = scaledSum(sign, parameters)
  const plane = tflitePlane(sign, parameters, sum)
  return plane === undefined ? tabledSumOperator(parameters, sum) : planeOperator(plane, options)
}

/** What XNNPACK computes is a plane already; undefined where it would not fit. */
function xnnpackPlane(sign: Sign, parameters: ByteParameters): Plane | undefined {
  const { aMultiplier, bMultiplier, bias, shift } = integerSum(sign, parameters)
  const { zeroPoint } = parameters.output
  const offset = bias + middleOf(parameters.type) * (aMultiplier + bMultiplier)
  const slopes: Slopes = [aMultiplier * 2 ** fineBits, bMultiplier * 2 ** fineBits]
  const spread = 128 * (Math.abs(aMultiplier) + Math.abs(bMultiplier))
  const fits = (height: number): boolean => Math.abs(height) + spread < 2 ** 31
  const withZeroPoint = offset + zeroPoint * 2 ** shift
  if (fits(withZeroPoint)) return { slopes, offset: withZeroPoint, shift, zeroPoint: 0 }
  return fits(offset) ? { slopes, offset, shift, zeroPoint } : undefined
}

/** A plane that equals the roundings in fixed point of the `tflite` arithmetic, if there is one. */
export function tflitePlane(sign: Sign, parameters: ByteParameters, sum: ScaledSum): Plane | undefined {
  const { type, a, b, output } = parameters
  // Shifts to the left could overflow; then outputs do not grow with the sum.
  if (sum.shift > 0) return undefined
  const slopes: Slopes = [a.scale / output.scale, (sign * b.scale) / output.scale]
  const middle = middleOf(type)
  const height = output.zeroPoint + slopes[0] * (middle - a.zeroPoint) + slopes[1] * (middle - b.zeroPoint)
  return findPlane(slopes, height, nearTieOffsets(steppedSum(parameters, sum)))
}

/** Larger sums than any that can occur, which the fixed-point arithmetic still holds. */
const largestSum = 2 ** 30

function steppedSum({ output, range }: ByteParameters, sum: ScaledSum): SteppedSum {
  const { a, b, factor, multiplier, shift } = sum
  const { zeroPoint } = output
  const outputOf = (value: number): number =>
    zeroPoint + multiplyByQuantizedMultiplier(value, multiplier, shift)
  const firstSum = (wanted: number): number => {
    const estimate = Math.floor((wanted - zeroPoint - 0.5) / factor)
    if (Math.abs(estimate) > largestSum) return estimate
    let first = estimate
    while (outputOf(first - 1) >= wanted) first--
    while (outputOf(first) < wanted) first++
    return first
  }
  // All steps between outputs that are not clamped, and the next ones beyond what can be reached.
  const firstOutput = Math.max(range.min + 1, outputOf(Math.min(...a) + Math.min(...b)))
  const lastOutput = Math.min(range.max, outputOf(Math.max(...a) + Math.max(...b)) + 1)
  const count = Math.max(0, lastOutput - firstOutput + 1)
  const steps = Float64Array.from({ length: count }, (_, at) => firstSum(firstOutput + at))
  return { a, b, factor, zeroPoint, steps, firstOutput }
}
