import { barX, ruleX } from '@observablehq/plot'
import type { LayerFacts } from '../document.ts'
import type { Html } from '../page/html.ts'
import { decibels } from '../page/numbers.ts'
import { colors, draw, wide } from './draw.ts'

/** Ratios above this are drawn as long as this one: they make no difference. */
const highest = 60

/** A bar for each layer, in the order of execution: the longer, the nearer to the float model. */
export function layerErrors(layers: readonly LayerFacts[]): Html {
  const worst = Math.min(...layers.map(({ sqnrDb }) => sqnrDb))
  const bars = layers.map(({ index, kind, name, sqnrDb }) => ({
    layer: `${index} ${kind}`,
    ratio: Math.max(0, Math.min(highest, sqnrDb)),
    fill: sqnrDb === worst ? colors.warning : colors.integer,
    title: `${name}: ${decibels(sqnrDb)}`,
  }))
  return draw(`Signal-to-noise ratio of ${layers.length} layers, the lowest ${decibels(worst)}`, {
    ...{ ...wide, height: 74 + 18 * layers.length },
    x: { label: 'signal to quantization noise (dB)', domain: [0, highest], grid: true, axis: 'top' },
    y: { label: null, domain: bars.map(({ layer }) => layer) },
    marks: [barX(bars, { y: 'layer', x: 'ratio', fill: 'fill', title: 'title' }), ruleX([0])],
  })
}
