import { expect, it } from 'vitest'
import { windowRuns } from './window-runs.ts'
import type { WindowAxis } from './window-runs.ts'

it('gathers the windows that are not clipped', () => {
  expect(windowRuns({ outputs: 5, inputs: 5, filter: 3, stride: 1, padding: 1 })).toEqual([
    { start: 0, step: 0, size: 2, count: 1 },
    { start: 0, step: 1, size: 3, count: 3 },
    { start: 3, step: 0, size: 2, count: 1 },
  ])
})

it('gathers windows that are wider than the input', () => {
  expect(windowRuns({ outputs: 3, inputs: 3, filter: 9, stride: 1, padding: 4 })).toEqual([
    { start: 0, step: 0, size: 3, count: 3 },
  ])
})

const axes: readonly WindowAxis[] = [1, 2, 3].flatMap((stride) =>
  [1, 2, 3, 7].flatMap((filter) =>
    [0, 1, 3].map((padding) => ({ outputs: 6, inputs: 9, filter, stride, padding })),
  ),
)

it.each(axes)('visits every window once, in order: %j', (axis) => {
  const visited = windowRuns(axis).flatMap(({ start, step, size, count }) =>
    Array.from({ length: count }, (_, at) => [start + at * step, size]),
  )
  const expected = Array.from({ length: axis.outputs }, (_, output) => {
    const from = output * axis.stride - axis.padding
    const start = Math.max(0, from)
    return [start, Math.max(0, Math.min(from + axis.filter, axis.inputs) - start)]
  })
  expect(visited).toEqual(expected)
})
