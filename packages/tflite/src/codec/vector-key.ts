/** Calls take this many arguments in every engine. */
const unitsPerCall = 8192

/**
 * Equal for vectors of scalars that are stored by the same bytes, and only for those; integers and floats of one size have different
 * bits, and so have -0 and 0. Made of the bits of the values: to write thousands of scales down in digits takes longer than the rest of
 * the file.
 *
 * @param values Numbers or truth values; bigints where the storage has 64 bits.
 */
export function vectorKey(storage: string, align: number, values: readonly unknown[]): string {
  return `[${storage}] ${align} ${textOf(bitsOf(storage, values))}`
}

/** Plain loops: the constructors that take a list are several times as slow. */
function bitsOf(storage: string, values: readonly unknown[]): ArrayBuffer {
  if (storage === 'long' || storage === 'ulong') return wideBits(values as readonly bigint[])
  const numbers = new (storage === 'float' ? Float32Array : Float64Array)(values.length)
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number
    // NaN has many bit patterns, and engines may take any.
    numbers[at] = Number.isNaN(value) ? NaN : value
  }
  return numbers.buffer
}

function wideBits(values: readonly bigint[]): ArrayBuffer {
  const bits = new BigInt64Array(values.length)
  // Most are 0, zero points of weights above all, and to store a bigint takes long.
  for (let at = 0; at < values.length; at++) if (values[at] !== 0n) bits[at] = values[at]!
  return bits.buffer
}

function textOf(bits: ArrayBuffer): string {
  const units = new Uint16Array(bits)
  let text = ''
  for (let at = 0; at < units.length; at += unitsPerCall) {
    // Spreading goes through an iterator, which takes five times as long.
    text += Reflect.apply(String.fromCharCode, undefined, units.subarray(at, at + unitsPerCall))
  }
  return text
}
