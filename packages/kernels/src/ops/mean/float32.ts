import type { ReductionGeometry } from '../../shared/reduction.ts'

/** MEAN in float32: summed in row-major order of the input from 0, then divided, every operation rounded to float32. */
export function meanFloat32(
  geometry: ReductionGeometry,
): (input: Float32Array, output: Float32Array) => void {
  const { outputs, count, outputOf } = geometry
  return (input, output) => {
    output.fill(0)
    for (let i = 0; i < outputOf.length; i++) output[outputOf[i]!] = output[outputOf[i]!]! + input[i]!
    for (let i = 0; i < outputs; i++) output[i] = output[i]! / count
  }
}
