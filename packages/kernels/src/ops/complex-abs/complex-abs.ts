/** COMPLEX_ABS: how far complex numbers, which stand in pairs, are from 0; in float64, rounded once. */
export function complexMagnitudes(input: Float32Array, output: Float32Array): void {
  for (let at = 0; at < output.length; at++) {
    const [real, imaginary] = [input[2 * at]!, input[2 * at + 1]!]
    output[at] = Math.sqrt(real * real + imaginary * imaginary)
  }
}
