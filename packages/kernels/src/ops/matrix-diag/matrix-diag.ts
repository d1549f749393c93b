import type { NumberArray } from '../../shared/number-array.ts'

/** MATRIX_DIAG: square matrices, each with a row of the input on its diagonal, and zeros elsewhere. */
export function matrixDiag<Value extends number | bigint>(
  size: number,
  zero: Value,
): (input: NumberArray<Value>, output: NumberArray<Value>) => void {
  return (input, output) => {
    output.fill(zero)
    for (let at = 0; at < input.length; at++) output[at * size + (at % size)] = input[at]!
  }
}
