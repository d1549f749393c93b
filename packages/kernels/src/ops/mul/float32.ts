import type { BinaryKernel, BinaryParameters } from '../../shared/binary.ts'

/** MUL in float32: a * b rounded once, then clamped; broadcasting as `rows` says. */
export function mulFloat32({ rows, range }: BinaryParameters): BinaryKernel<Float32Array> {
  const { length, aStep, bStep, aStarts, bStarts } = rows
  const { min, max } = range
  return (a, b, output) => {
    let at = 0
    for (let row = 0; row < aStarts.length; row++) {
      let aAt = aStarts[row]!
      let bAt = bStarts[row]!
      for (const end = at + length; at < end; at++) {
        const value = Math.fround(a[aAt]! * b[bAt]!)
        output[at] = value < min ? min : value > max ? max : value
        aAt += aStep
        bAt += bStep
      }
    }
  }
}
