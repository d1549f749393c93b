import { horizontalAxis, linear } from '../chart.ts'
import type { DemoFacts } from '../demo-facts.ts'
import { label, picture, rectangle } from '../svg.ts'

/** How many of the 255 levels each channel of a depthwise convolution uses, with one scale for all and with one for each. */
export function channels({ weights }: DemoFacts): string {
  const { shape, values } = weights('depthwise/filter')
  const count = shape.at(-1) ?? 1
  const largest = Array.from({ length: count }, (_, channel) =>
    values.reduce((most, value, at) => (at % count === channel ? Math.max(most, Math.abs(value)) : most), 0),
  )
  const all = Math.max(...largest)
  const position = linear([0, 255], [100, 700])
  const rowHeight = 32
  const bottom = 44 + count * rowHeight
  return picture(
    ...([760, bottom + 56] as const),
    rectangle(100, 6, 14, 14, 'bar float'),
    label(122, 18, 'one scale for the tensor', 'start'),
    rectangle(330, 6, 14, 14, 'bar integer'),
    label(352, 18, 'a scale for every channel', 'start'),
    ...largest.flatMap((most, channel) => {
      const y = 36 + channel * rowHeight
      const levels = 2 * Math.round((127 * most) / all) + 1
      return [
        label(90, y + 17, `channel ${channel}`, 'end'),
        rectangle(100, y, position(levels) - 100, 11, 'bar float'),
        rectangle(100, y + 12, position(255) - 100, 11, 'bar integer'),
        label(position(levels) + 6, y + 10, String(levels), 'start', 'small'),
      ]
    }),
    horizontalAxis(position, [0, 255], {
      at: bottom,
      title: 'levels between the smallest and the largest weight of the channel',
      ticks: [0, 51, 102, 153, 204, 255],
    }),
  )
}
