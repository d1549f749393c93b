import { copyRun } from '../../shared/element-walk.ts'
import type { Words } from '../../shared/element-walk.ts'

/** MATRIX_SET_DIAG: matrices of `rows` and `columns`, one behind the other, with other elements on their diagonals. */
export function matrixSetDiag(
  rows: number,
  columns: number,
  wordsPerElement: number,
): (input: Words, diagonals: Words, output: Words) => void {
  const length = Math.min(rows, columns)
  return (input, diagonals, output) => {
    output.set(input)
    const matrices = rows * columns === 0 ? 0 : output.length / (rows * columns * wordsPerElement)
    for (let at = 0; at < matrices * length; at++) {
      const to = Math.floor(at / length) * rows * columns + (at % length) * (columns + 1)
      copyRun(diagonals, at * wordsPerElement, output, to * wordsPerElement, wordsPerElement)
    }
  }
}
