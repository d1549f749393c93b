import { horizontalAxis, linear, shown, verticalAxis } from '../chart.ts'
import type { DemoFacts } from '../demo-facts.ts'
import { label, line, picture, rectangle } from '../svg.ts'

const bars = 64
/** From the highest label to the lowest. */
const strategies = [
  ['minmax', 'minMax()', 'end'],
  ['mse', 'mse()', 'end'],
  ['p99', 'percentile(99)', 'start'],
] as const

/** How often each value of a layer's outputs comes, on a logarithmic scale, and where strategies end the range. */
export function clipping({ histogram, range }: DemoFacts): string {
  const { counts, exponent, max } = histogram('pointwise')
  const width = max / bars
  const grouped = new Array<number>(bars).fill(0)
  counts.forEach((count, bin) => {
    const value = (bin - counts.length / 2 + 0.5) * 2 ** exponent
    if (value >= 0 && value < max) grouped[Math.floor(value / width)]! += count
  })
  const x = linear([0, max], [60, 700])
  const y = linear([0, 6], [250, 74])
  return picture(
    ...([760, 300] as const),
    ...grouped.map((count, at) => {
      const top = count === 0 ? y(0) : y(Math.log10(count))
      return rectangle(x(at * width) + 1, top, x(width) - x(0) - 2, y(0) - top, 'bar float')
    }),
    verticalAxis(y, [0, 6], {
      at: 56,
      title: 'how often (logarithmic)',
      ticks: [0, 2, 4, 6],
      format: (power) => ['1', '', '100', '', '10k', '', '1M'][power] ?? '',
    }),
    horizontalAxis(x, [0, max], { at: 252, title: 'value of the layer “pointwise”', ticks: [0, 2, 4, 6, 8] }),
    ...strategies.map(([strategy, name, anchor], at) => {
      const end = x(range(strategy, 'pointwise').max)
      const height = 16 + at * 22
      const text = `${name}: ${shown(range(strategy, 'pointwise').max)}`
      return (
        line(end, height - 4, end, 252, 'rule strong') +
        label(end + (anchor === 'start' ? 6 : -6), height + 4, text, anchor, 'strong')
      )
    }),
  )
}
