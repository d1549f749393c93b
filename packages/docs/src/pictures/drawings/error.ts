import { horizontalAxis, linear, shown, verticalAxis } from '../chart.ts'
import type { DemoFacts } from '../demo-facts.ts'
import { label, line, picture, polyline } from '../svg.ts'

const steps = 120

/**
 * The mean squared error of a layer's outputs with 8 bits, by where their range ends: of values that are clipped, of
 * rounding, and of both. Rounding costs a twelfth of the squared step on average.
 */
export function error({ histogram, range }: DemoFacts): string {
  const { counts, exponent, count, max } = histogram('pointwise')
  const from = max * 0.72
  const ends = Array.from({ length: steps + 1 }, (_, at) => from + ((max - from) * at) / steps)
  const clipped = ends.map(
    (end) =>
      counts.reduce((sum, many, bin) => {
        const value = (bin - counts.length / 2 + 0.5) * 2 ** exponent
        return sum + many * Math.max(0, value - end) ** 2
      }, 0) / count,
  )
  const rounded = ends.map((end) => (end / 255) ** 2 / 12)
  const both = clipped.map((value, at) => value + rounded[at]!)
  const scaled = 1e4
  const highest = 4 * Math.max(...rounded) * scaled
  const x = linear([from, max], [60, 700])
  const y = linear([0, highest], [230, 40])
  const curve = (values: readonly number[], kind: string): string =>
    polyline(
      values.flatMap((value, at): [number, number][] =>
        value * scaled <= highest ? [[x(ends[at]!), y(value * scaled)]] : [],
      ),
      kind,
    )
  const crossing = ends[clipped.findIndex((value) => value * scaled < highest * 0.7)] ?? max
  const best = range('mse', 'pointwise').max
  return picture(
    ...([760, 285] as const),
    curve(clipped, 'curve float'),
    curve(rounded, 'curve integer'),
    curve(both, 'curve'),
    verticalAxis(y, [0, highest], {
      at: 56,
      title: 'mean squared error × 10,000',
      ticks: [0, 1, 2, 3, 4].filter((tick) => tick <= highest),
    }),
    horizontalAxis(x, [from, max], { at: 232, title: 'where the range ends', ticks: [7.5, 8, 8.5, 9, 9.5] }),
    line(x(best), 40, x(best), 232, 'rule strong'),
    label(x(best) - 6, 52, `least: ${shown(best)}`, 'end', 'strong'),
    label(x(7.4), y(rounded[0]! * scaled) - 16, 'rounding', 'start', 'integer'),
    label(x(crossing) - 12, y(highest * 0.7), 'clipping', 'end', 'float'),
    label(x(crossing) + 34, y(highest * 0.7), 'both', 'start', 'strong'),
  )
}
