/** A positive number as `fraction * 2^exponent`, fraction in [0.5, 1). */
export interface BinaryParts {
  readonly fraction: number
  readonly exponent: number
}

const bits = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8))

/**
 * Fraction and exponent of a positive, finite float64; exact, as C's `frexp`.
 *
 * @example
 * splitBinary(6) // { fraction: 0.75, exponent: 3 }
 */
export function splitBinary(value: number): BinaryParts {
  const normal = value >= 2 ** -1022
  bits.setFloat64(0, normal ? value : value * 2 ** 54)
  const high = bits.getUint32(0)
  bits.setUint32(0, (high & 0xfffff) | (1022 << 20))
  const exponent = (high >>> 20) - 1022
  return { fraction: bits.getFloat64(0), exponent: normal ? exponent : exponent - 54 }
}
