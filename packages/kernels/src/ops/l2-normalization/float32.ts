/** Norms below this one divide as if they were it. */
export const smallestL2Norm = 1e-6

/**
 * L2_NORMALIZATION in float32: each row of `depth` elements divided by its Euclidean norm; sums in index order, each
 * rounded to float32.
 */
export function l2NormalizationFloat32(depth: number): (input: Float32Array, output: Float32Array) => void {
  return (input, output) => {
    for (let start = 0; start + depth <= input.length && depth > 0; start += depth) {
      let sum = 0
      for (let i = start; i < start + depth; i++) sum = Math.fround(sum + input[i]! * input[i]!)
      const norm = Math.max(Math.fround(Math.sqrt(sum)), smallestL2Norm)
      for (let i = start; i < start + depth; i++) output[i] = input[i]! / norm
    }
  }
}
