import type { Shape } from '@quantrx/core'

/** Pairs of shapes that broadcast in every way that kernels tell apart, for tests. */
export const pairShapes: readonly (readonly [Shape, Shape])[] = [
  ...[1, 2, 3, 4, 5, 7, 8, 11, 12, 15, 16, 17, 20, 31, 33, 63, 70].map(
    (length) => [[length], [length]] as const,
  ),
  ...[1, 3, 4, 7, 16, 17, 33, 70].flatMap((channels) => [
    [[3, 5, channels], [channels]] as const,
    [[channels], [3, 5, channels]] as const,
    [
      [2, channels, 3],
      [2, 1, 3],
    ] as const,
    [[channels, 7], []] as const,
    [[1], [channels]] as const,
  ]),
  [
    [2, 1, 5, 1, 3],
    [4, 1, 6, 1],
  ],
  [
    [2, 0, 3],
    [2, 1, 3],
  ],
]
