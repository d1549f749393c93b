import { figures } from '@quantrx/report'
import type { Range } from '@quantrx/core'
import { html, svg } from 'lit/html.js'
import type { TemplateResult } from 'lit/html.js'
import type { ObservedLayer } from '../worker/messages.ts'
import { chartScale } from './chart-scale.ts'
import type { ChartScale } from './chart-scale.ts'

const width = 280
const height = 44

/** Values that were seen of a layer, as they are distributed, and the range that integers stand for, once it is chosen. */
export function rangeChart(layer: ObservedLayer, chosen: Range | undefined): TemplateResult {
  const scale = chartScale(layer.seen, chosen, width)
  const told = `Values of ${layer.name} from ${figures.real(layer.seen.min)} to ${figures.real(layer.seen.max)}`
  const range = chosen && `; integers stand for ${figures.real(chosen.min)} to ${figures.real(chosen.max)}`
  return html`<svg
    class="chart"
    viewBox="0 0 ${width} ${height}"
    preserveAspectRatio="none"
    role="img"
    aria-label="${told}${range ?? ''}"
  >
    ${chosen && band(scale, chosen)}
    <path class="bars" d=${bars(layer, scale, (value) => inside(value, chosen))} />
    <path class="bars cut" d=${bars(layer, scale, (value) => !inside(value, chosen))} />
    <line class="zero" x1=${scale.at(0)} x2=${scale.at(0)} y1="0" y2=${height} />
    ${chosen && ends(scale, chosen)}
  </svg>`
}

const inside = (value: number, range: Range | undefined): boolean =>
  range === undefined || (value >= range.min && value <= range.max)

function bars(
  { bars: heights, seen }: ObservedLayer,
  scale: ChartScale,
  drawn: (value: number) => boolean,
): string {
  const step = (seen.max - seen.min) / heights.length
  return heights
    .map((bar, at) => {
      const value = seen.min + (at + 0.5) * step
      if (bar === 0 || !drawn(value)) return ''
      const [left, right] = [scale.at(seen.min + at * step), scale.at(seen.min + (at + 1) * step)]
      const top = height - Math.max(1, bar * (height - 4))
      return `M${short(left)} ${height}V${short(top)}H${short(Math.max(right - 0.6, left + 1))}V${height}Z`
    })
    .join('')
}

const short = (value: number): string => value.toFixed(1)

const band = (scale: ChartScale, { min, max }: Range) =>
  svg`<rect class="band" x=${scale.at(min)} width=${scale.at(max) - scale.at(min)} y="0" height=${height} />`

const ends = (scale: ChartScale, { min, max }: Range) =>
  [min, max].map(
    (value) => svg`<line class="end" x1=${scale.at(value)} x2=${scale.at(value)} y1="0" y2=${height} />`,
  )
