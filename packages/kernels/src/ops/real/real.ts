/**
 * REAL: the real parts of complex numbers.
 *
 * @param input Real and imaginary parts by turns.
 */
export function realParts(input: Float32Array, output: Float32Array): void {
  for (let at = 0; at < output.length; at++) output[at] = input[2 * at]!
}
