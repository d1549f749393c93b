import { barX, ruleX } from '@observablehq/plot'
import type { LayerFacts } from '../document.ts'
import type { Html } from '../page/html.ts'
import { colors, draw, wide } from './draw.ts'

/** Microseconds of each layer in both models, one under the other. */
export function latencyPlot(layers: readonly LayerFacts[]): Html {
  const bars = layers.flatMap(({ index, kind, latency }) =>
    latency === undefined
      ? []
      : [
          { layer: `${index} ${kind}`, model: 'float', time: latency.float ?? 0, fill: colors.float },
          { layer: `${index} ${kind}`, model: 'integer', time: latency.integer, fill: colors.integer },
        ],
  )
  const order = layers
    .filter(({ latency }) => latency !== undefined)
    .map(({ index, kind }) => `${index} ${kind}`)
  return draw(`Time of ${order.length} layers, float and integer`, {
    ...{ ...wide, height: 74 + 24 * order.length },
    x: { label: 'microseconds', grid: true, axis: 'top' },
    y: { axis: null },
    fy: { label: null, domain: order, axis: 'left' },
    marks: [
      barX(bars, {
        fy: 'layer',
        y: 'model',
        x: 'time',
        fill: 'fill',
        title: (bar: { model: string; time: number }) => `${bar.model}: ${bar.time.toFixed(0)} µs`,
      }),
      ruleX([0]),
    ],
  })
}
