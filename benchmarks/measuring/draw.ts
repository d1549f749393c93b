import type { Bar, Claim, Unit } from './claim.ts'
import type { Timing } from './rounds.ts'

/** A cell of a table; `undefined` is empty. */
export type Cell = string | undefined

/** Rows under headings as a Markdown table, columns aligned: the first to the left, the others to the right. */
export function drawTable(headings: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = [headings, ...rows]
  const widths = headings.map((_, at) => Math.max(3, ...lines.map((line) => line[at]?.length ?? 0)))
  const draw = (line: readonly Cell[]): string => {
    const cells = widths.map((width, at) => {
      const cell = line[at] ?? ''
      return at === 0 ? cell.padEnd(width) : cell.padStart(width)
    })
    return `| ${cells.join(' | ')} |`
  }
  const rule = widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
  return [draw(headings), draw(rule), ...rows.map(draw)].join('\n')
}

/** Milliseconds to three digits, with those of an undisturbed run in parentheses. */
export function drawTiming(timing: Timing | undefined): Cell {
  return timing && `${timing.medianMs.toPrecision(3)} (${timing.p10Ms.toPrecision(3)})`
}

const units: Readonly<Record<Unit, (value: number) => string>> = {
  times: (value) => `${value.toFixed(2)}x`,
  share: (value) => `${(value * 100).toFixed(1)} %`,
  kilobytes: (value) => `${(value / 1000).toFixed(1)} kB`,
}

/** A value with its unit. */
export const drawValue = (value: number, unit: Unit): string => units[unit](value)

/** Claims beside their bars. */
export function drawClaims(claims: readonly Claim[]): string {
  const rows = claims.map(({ what, value, undisturbed, unit, bar, verdict }) => [
    what,
    drawValue(value, unit),
    undisturbed === undefined ? undefined : drawValue(undisturbed, unit),
    bar && drawBar(bar, unit),
    verdict,
  ])
  return drawTable(['figure', 'value', 'undisturbed', 'bar', ''], rows)
}

function drawBar({ wanted, value, stretch }: Bar, unit: Unit): string {
  return `${stretch === true ? 'stretch: ' : ''}${wanted} ${drawValue(value, unit)}`
}
