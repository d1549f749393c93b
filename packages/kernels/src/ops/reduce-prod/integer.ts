import { quantizeMultiplier } from '../../arithmetic/fixed-point.ts'
import type { IntegerArray } from '../../arithmetic/requantize.ts'
import { multiplyWideByQuantizedMultiplier } from '../../arithmetic/wide-requantize.ts'
import { power } from '../../math/power.ts'
import type { ScaleAndZeroPoint } from '../../shared/integer-tensor.ts'
import type { ReductionGeometry } from '../../shared/reduction.ts'

/** What REDUCE_PROD of quantized integers needs besides its tensors. */
export interface ReduceProdIntegerParameters {
  readonly geometry: ReductionGeometry
  readonly input: ScaleAndZeroPoint
  readonly output: ScaleAndZeroPoint
  /** Limits of the stored output. */
  readonly range: { readonly min: number; readonly max: number }
}

/**
 * REDUCE_PROD of 8- or 16-bit integers in fixed point: after every factor the product is brought nearer to the scale of the
 * output by its n-th root, n factors in all, so that it does not overflow (`QuantizedReduceProd` and `GetQuantProdScaling` of
 * TensorFlow Lite).
 */
export function reduceProdInteger({
  geometry: { outputs, count, outputOf },
  input: { scale, zeroPoint },
  output: target,
  range: { min, max },
}: ReduceProdIntegerParameters): (input: IntegerArray, output: IntegerArray) => void {
  const { multiplier, shift } = quantizeMultiplier(scale / power(target.scale, 1 / count))
  const rescale = (value: number): number => multiplyWideByQuantizedMultiplier(value, multiplier, shift) | 0
  const [products, started] = [new Int32Array(outputs), new Uint8Array(outputs)]
  return (input, output) => {
    started.fill(0)
    for (let at = 0; at < outputOf.length; at++) {
      const [to, factor] = [outputOf[at]!, input[at]! - zeroPoint]
      products[to] = started[to] === 0 ? factor : rescale(products[to]! * factor)
      started[to] = 1
    }
    for (let at = 0; at < outputs; at++)
      output[at] = Math.min(max, Math.max(min, rescale(products[at]!) + target.zeroPoint))
  }
}
