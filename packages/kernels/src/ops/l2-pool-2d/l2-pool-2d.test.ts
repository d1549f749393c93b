import { expect, it } from 'vitest'
import { convolutionGeometry } from '../../shared/convolution-geometry.ts'
import { l2Pool2dFloat32 } from './l2-pool-2d.ts'

const pool = (input: readonly number[], max = Infinity): number[] => {
  const geometry = convolutionGeometry('L2_POOL_2D', {
    ...{ input: [1, 1, 3, 2], window: [2, 2], output: [1, 1, 2, 2], outputChannels: 2 },
    ...{ padding: 'SAME', strideHeight: 2, strideWidth: 2 },
  })
  const output = new Float32Array(4)
  l2Pool2dFloat32(geometry, { min: -Infinity, max })(Float32Array.from(input), output)
  return [...output]
}

it('gives the root of the mean of squares, of what is inside the input', () => {
  expect(pool([1, 3, -7, 3, -2, 0])).toEqual([5, 3, 2, 0])
})

it('clamps', () => {
  expect(pool([1, 3, -7, 3, -2, 0], 4)).toEqual([4, 3, 2, 0])
})
