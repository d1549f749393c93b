import { expect, it } from 'vitest'
import { batchMatmulFloat32 } from './float32.ts'
import { batchMatmulGeometry } from './geometry.ts'

const plain = { adjX: false, adjY: false }

it.each([
  [plain, [1, 2, 3, 4], [5, 6, 7, 8]],
  [{ ...plain, adjX: true }, [1, 3, 2, 4], [5, 6, 7, 8]],
  [{ ...plain, adjY: true }, [1, 2, 3, 4], [5, 7, 6, 8]],
])('multiplies matrices, transposed ones by %j', (options, left, right) => {
  const output = new Float32Array(4)
  const run = batchMatmulFloat32(batchMatmulGeometry([2, 2], [2, 2], options))
  run(Float32Array.from(left), Float32Array.from(right), output)
  expect([...output]).toEqual([19, 22, 43, 50])
})

it('repeats matrices of the operand with fewer batches', () => {
  const geometry = batchMatmulGeometry([2, 1, 1, 1], [3, 1, 2], plain)
  expect(geometry.shape).toEqual([2, 3, 1, 2])
  const output = new Float32Array(12)
  batchMatmulFloat32(geometry)(Float32Array.of(1, 10), Float32Array.of(1, 2, 3, 4, 5, 6), output)
  expect([...output]).toEqual([1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60])
})

it('refuses matrices of different depths', () => {
  expect(() => batchMatmulGeometry([2, 3], [2, 3], plain)).toThrow('got shapes [2, 3] and [2, 3]')
})
