import { horizontalAxis, linear, shown, verticalAxis } from '../chart.ts'
import type { DemoFacts } from '../demo-facts.ts'
import { label, line, picture, polyline } from '../svg.ts'

/** What comes back of a value that is stored with the range of `percentile(99)`: itself, and beyond the range its end. */
export function saturation({ range }: DemoFacts): string {
  const end = range('p99', 'pointwise').max
  const { max } = range('minmax', 'pointwise')
  const x = linear([0, 10], [60, 700])
  const y = linear([0, 10], [300, 40])
  const restored = polyline(
    [
      [x(0), y(0)],
      [x(end), y(end)],
      [x(10), y(end)],
    ],
    'curve integer',
  )
  return picture(
    ...([760, 355] as const),
    line(x(0), y(0), x(10), y(10), 'rule dashed'),
    restored,
    line(x(max), y(max), x(max), y(end), 'rule strong'),
    label(x(max) - 8, y(end + 0.6), `off by ${shown(max - end)} at most`, 'end', 'strong'),
    label(x(10), y(end) + 24, `comes back as ${shown(end)}, stored as 127`, 'end'),
    verticalAxis(y, [0, 10], { at: 56, title: 'value that comes back', ticks: [0, 2, 4, 6, 8, 10] }),
    horizontalAxis(x, [0, 10], {
      at: 302,
      title: 'value of the layer “pointwise”',
      ticks: [0, 2, 4, 6, 8, 10],
    }),
  )
}
