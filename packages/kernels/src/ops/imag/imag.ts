/** IMAG: the imaginary part of complex numbers, which stand in pairs. */
export function imaginaryParts(input: Float32Array, output: Float32Array): void {
  for (let at = 0; at < output.length; at++) output[at] = input[2 * at + 1]!
}
