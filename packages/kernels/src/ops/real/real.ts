/** REAL: the real part of complex numbers, which stand in pairs. */
export function realParts(input: Float32Array, output: Float32Array): void {
  for (let at = 0; at < output.length; at++) output[at] = input[2 * at]!
}
