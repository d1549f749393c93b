import { expect, it } from 'vitest'
import { matrixSetDiag } from './matrix-set-diag.ts'

it('replaces diagonals of matrices that are no squares, too', () => {
  const output = new Uint8Array(12)
  matrixSetDiag(2, 3, 1)(new Uint8Array(12), Uint8Array.of(1, 2, 3, 4), output)
  expect([...output]).toEqual([1, 0, 0, 0, 2, 0, 3, 0, 0, 0, 4, 0])
  matrixSetDiag(3, 1, 2)(new Uint8Array(12), Uint8Array.of(1, 2, 3, 4), output)
  expect([...output]).toEqual([1, 2, 0, 0, 0, 0, 3, 4, 0, 0, 0, 0])
})

it('has nothing to do without rows', () => {
  expect(() => matrixSetDiag(0, 3, 1)(new Uint8Array(), new Uint8Array(), new Uint8Array())).not.toThrow()
})
