import { rectY, ruleX, text } from '@observablehq/plot'
import type { TensorFacts } from '../document.ts'
import type { Html } from '../page/html.ts'
import { real } from '../page/numbers.ts'
import { colors, draw } from './draw.ts'

/** Bars in a plot; a histogram has many more bins. */
const bars = 64

/** Height of a line of text above a plot. */
const lineHeight = 11

/** Numbers of values at which the axis has a tick. */
const counted = [0, 10, 1000, 100_000, 10_000_000, 1_000_000_000]

/** 1000 as `1k`. */
const abbreviated = (count: number): string =>
  count >= 1_000_000 ? `${count / 1_000_000}M` : count >= 1000 ? `${count / 1000}k` : String(count)

/** How often values were seen, on a logarithmic scale, and the range that each strategy chose. */
export function rangePlot({ name, histogram, ranges }: TensorFacts): Html {
  const { start, width, counts } = histogram
  const first = counts.findIndex((count) => count > 0)
  const last = counts.findLastIndex((count) => count > 0)
  const each = Math.max(1, Math.ceil((last - first + 1) / bars))
  const rects = []
  for (let bin = first; first >= 0 && bin <= last; bin += each) {
    const count = counts.slice(bin, bin + each).reduce((sum, value) => sum + value, 0)
    if (count > 0) rects.push({ x1: start + bin * width, x2: start + (bin + each) * width, count })
  }
  const ends = ranges.flatMap(({ strategy, min, max }, at) => [
    { x: min, strategy, row: at },
    { x: max, strategy, row: at },
  ])
  const told = ranges.map(({ strategy, min, max }) => `${strategy} ${real(min)} to ${real(max)}`).join('; ')
  const most = rects.reduce((largest, { count }) => Math.max(largest, count), 1)
  return draw(`Values of ${name}. Ranges: ${told}`, {
    ...{ width: 360, height: 135 + lineHeight * ranges.length, marginLeft: 45 },
    marginTop: 10 + lineHeight * ranges.length,
    x: { label: null, ticks: 5 },
    y: {
      type: 'symlog',
      label: null,
      ticks: counted.filter((count) => count <= most),
      tickFormat: abbreviated,
    },
    marks: [
      rectY(rects, { x1: 'x1', x2: 'x2', y: 'count', fill: colors.float }),
      ruleX(
        ends.filter(({ row }) => row === 0),
        { x: 'x', stroke: colors.integer, strokeWidth: 1.5 },
      ),
      ruleX(
        ends.filter(({ row }) => row > 0),
        { x: 'x', stroke: colors.integer, strokeDasharray: '4 3' },
      ),
      // The upper end of each on a line of its own, for ends that lie close together.
      ...ranges.map((range, row) =>
        text([range], {
          ...{ x: 'max', text: ({ strategy }) => `${strategy} ${row === 0 ? '│' : '┊'}`, frameAnchor: 'top' },
          ...{ textAnchor: 'end', dx: 5, dy: -6 - lineHeight * row, fill: colors.integer },
        }),
      ),
    ],
  })
}
