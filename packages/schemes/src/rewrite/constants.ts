import { roundHalfAwayFromZero, viewBytes } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import type { StoredParameters } from '../plan/plan.ts'
import { quantizeBias } from '../parameters/bias.ts'
import { quantizeSymmetric } from '../parameters/symmetric.ts'

/** A float32 constant as its plan wants it: symmetric weights, asymmetric activations, or a bias. */
export function quantizeConstant(bytes: Uint8Array, shape: Shape, parameters: StoredParameters): Uint8Array {
  const values = viewBytes('float32', bytes)
  const { type, scales, zeroPoints, axis, narrow = false } = parameters
  const stored = quantized()
  return new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength)

  function quantized(): Int8Array | Int32Array {
    if (type === 'int32') return quantizeBias(values, scales)
    if (!narrow && scales.length === 1) return quantizeAsymmetric(values, scales[0] ?? 1, zeroPoints[0] ?? 0)
    return quantizeSymmetric({ values, shape, axis: scales.length > 1 ? axis : undefined }, scales)
  }
}

/** A constant among activations: `round(x / scale) + zeroPoint` over the full range of int8. */
function quantizeAsymmetric(values: Float32Array, scale: number, zeroPoint: number): Int8Array {
  return Int8Array.from(values, (value) => {
    const level = roundHalfAwayFromZero(Math.fround(value / scale)) + zeroPoint
    return Math.max(-128, Math.min(127, level))
  })
}
