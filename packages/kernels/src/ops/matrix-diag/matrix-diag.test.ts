import { expect, it } from 'vitest'
import { matrixDiag } from './matrix-diag.ts'

it('puts rows on diagonals', () => {
  const output = new Float32Array(8).fill(9)
  matrixDiag<number>(2, 0)(Float32Array.of(1, 2, 3, 4), output)
  expect([...output]).toEqual([1, 0, 0, 2, 3, 0, 0, 4])
})
