/**
 * COMPLEX_ABS: how far complex numbers are from 0, rounded to float32 once.
 *
 * @param input Real and imaginary parts by turns.
 */
export function complexAbs(input: Float32Array, output: Float32Array): void {
  for (let at = 0; at < output.length; at++) {
    const [real, imaginary] = [input[2 * at]!, input[2 * at + 1]!]
    const infinite = Math.abs(real) === Infinity || Math.abs(imaginary) === Infinity
    output[at] = infinite ? Infinity : Math.sqrt(real * real + imaginary * imaginary)
  }
}
