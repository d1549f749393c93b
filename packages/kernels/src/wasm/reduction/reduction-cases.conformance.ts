import { seededRandom } from '@quantrx/core'
import type { Shape } from '@quantrx/core'

/** Shapes and the axes that are reduced, in tests. */
export const reductionCases: readonly (readonly [Shape, readonly number[]])[] = [
  ...Array.from(
    { length: 70 },
    (_, index) =>
      [
        [1, 3, 3, index + 1],
        [1, 2],
      ] as const,
  ),
  [
    [2, 7, 7, 20],
    [1, 2],
  ],
  [[2, 7, 7, 20], [1]],
  [[2, 7, 7, 20], [2]],
  [[3, 5, 6], [-1]],
  [[3, 5, 6], [0]],
  [
    [3, 5, 6],
    [0, 2],
  ],
  [
    [3, 5, 6],
    [0, 1, 2],
  ],
  [[3, 5, 6], []],
  [
    [4, 2, 3, 5, 7],
    [1, 3],
  ],
  [
    [4, 1, 3, 1, 7],
    [1, 2, 3],
  ],
  [[5], [0]],
  [
    [1, 40, 17, 3],
    [1, 2],
  ],
  [[1000], [0]],
  [
    [3, 2, 600, 2],
    [0, 2],
  ],
  [[], []],
]

/** Float32 in tests of reductions: some of them NaN, infinite or zeros of both signs. */
export function reducedFloats(length: number): Float32Array {
  const random = seededRandom(length)
  const special = [NaN, Infinity, -Infinity, -0, 0]
  return Float32Array.from({ length }, () =>
    random.integer(30) === 0 ? special[random.integer(special.length)]! : random.normal(),
  )
}
