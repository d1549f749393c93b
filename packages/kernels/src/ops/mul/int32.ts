import type { BinaryKernel, BinaryParameters } from '../../shared/binary.ts'

/** MUL on plain int32, modulo 2^32, then clamped. */
export function mulInt32({ rows, range }: BinaryParameters): BinaryKernel<Int32Array> {
  const { length, aStep, bStep, aStarts, bStarts } = rows
  const { min, max } = range
  return (a, b, output) => {
    let at = 0
    for (let row = 0; row < aStarts.length; row++) {
      let aAt = aStarts[row]!
      let bAt = bStarts[row]!
      for (const end = at + length; at < end; at++) {
        const value = Math.imul(a[aAt]!, b[bAt]!)
        output[at] = value < min ? min : value > max ? max : value
        aAt += aStep
        bAt += bStep
      }
    }
  }
}
