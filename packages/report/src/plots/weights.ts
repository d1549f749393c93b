import { ruleX, ruleY } from '@observablehq/plot'
import type { WeightFacts } from '../document.ts'
import type { Html } from '../page/html.ts'
import { colors, draw } from './draw.ts'

/** Channels in a plot; of more, every so manieth is drawn. */
const drawn = 128

/** The span of the weights of each output channel. */
export function weightPlot({ name, channels }: WeightFacts): Html {
  const step = Math.ceil(channels.length / drawn)
  const lines = channels
    .map(({ min, max }, channel) => ({ channel, min, max }))
    .filter(({ channel }) => channel % step === 0)
  return draw(`Smallest and largest weights of ${channels.length} channels of ${name}`, {
    ...{ width: 360, height: 130, marginLeft: 45 },
    x: { label: 'output channel', ticks: 5 },
    y: { label: 'weights', ticks: 4 },
    marks: [ruleX(lines, { x: 'channel', y1: 'min', y2: 'max', stroke: colors.integer }), ruleY([0])],
  })
}
