import { expect, it } from 'vitest'
import { rfft2d } from './rfft2d.ts'

const transform = (
  input: readonly number[],
  [height, width]: readonly [number, number],
  [transformHeight, transformWidth]: readonly [number, number],
): number[] => {
  const images = input.length / (height * width)
  const output = new Float32Array(images * transformHeight * 2 * (1 + Math.floor(transformWidth / 2)))
  rfft2d({ height, width, transformHeight, transformWidth })(Float32Array.from(input), output)
  return [...output]
}

it('transforms rows, then columns, one image after the other', () => {
  expect(transform([1, 2, 3, 4, 1, 0, 0, 0], [2, 2], [2, 2])).toEqual([
    ...[10, 0, -2, 0, -4, 0, 0, 0],
    ...[1, 0, 1, 0, 1, 0, 1, 0],
  ])
})

it('cuts images, and fills them up', () => {
  expect(transform([1, 2, 9, 9], [1, 4], [1, 2])).toEqual([3, 0, -1, 0])
  expect(transform([1, 2], [1, 2], [1, 4])).toEqual([3, 0, 1, -2, -1, 0])
  expect(transform([1, 2], [2, 1], [1, 1])).toEqual([1, 0])
})
