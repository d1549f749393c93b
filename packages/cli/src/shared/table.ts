import { plainSurface } from '../terminal/surface.ts'
import type { Surface } from '../terminal/surface.ts'
import { paint } from '../terminal/paint.ts'

/** A cell of a table for people. */
export type Cell = string | number | undefined

/** Rows, perhaps under headings; how wide and how colourful it is, is decided where it is drawn. */
export interface Table {
  readonly headings: readonly string[] | undefined
  readonly rows: readonly (readonly Cell[])[]
  /** Without colours, as wide as its text. */
  toString(): string
}

/** Rows under headings, columns aligned: text to the left, numbers to the right. */
export function table(headings: readonly string[], rows: readonly (readonly Cell[])[]): Table {
  return makeTable(headings, rows)
}

/** Names and what they are, a line each, without headings. */
export function facts(rows: readonly (readonly Cell[])[]): Table {
  return makeTable(undefined, rows)
}

function makeTable(headings: Table['headings'], rows: Table['rows']): Table {
  return { headings, rows, toString: () => drawTable({ headings, rows }, plainSurface) }
}

const gap = '  '
/** Columns of text are not cut shorter than this. */
const leastWidth = 8

/** Draws a table so that it fits a surface, where that is possible: the widest columns of text are cut first. */
export function drawTable({ headings, rows }: Pick<Table, 'headings' | 'rows'>, surface: Surface): string {
  const cells = rows.map((row) => row.map((cell) => String(cell ?? '')))
  const all = headings === undefined ? cells : [headings, ...cells]
  const columns = Math.max(0, ...all.map(({ length }) => length))
  const numeric = Array.from({ length: columns }, (_, at) => isNumeric(rows.map((row) => row[at])))
  const natural = Array.from({ length: columns }, (_, at) =>
    Math.max(0, ...all.map((row) => row[at]?.length ?? 0)),
  )
  const widths = fitted(natural, numeric, surface.columns)
  const line = (row: readonly string[]): string =>
    widths
      .map((width, at) => aligned(row[at] ?? '', width, numeric[at] === true))
      .join(gap)
      .trimEnd()
  const body = cells.map(line)
  if (headings === undefined) return body.join('\n')
  const rule = widths.map((width) => '-'.repeat(width)).join(gap)
  return [paint(surface, 'heading', line(headings)), paint(surface, 'rule', rule), ...body].join('\n')
}

const numberWithUnit = /^[-+]?\d[\d,.]*(e[-+]?\d+)?( ?(%|[kM]?B|dB|ms|s|GOPS|bytes))?$/
/** What stands in place of numbers of decibels. */
const numberWords: readonly string[] = ['exact', 'no signal']

function isNumeric(cells: readonly Cell[]): boolean {
  const filled = cells.filter((cell) => cell !== undefined && cell !== '')
  return (
    filled.length > 0 &&
    filled.every(
      (cell) => typeof cell === 'number' || numberWithUnit.test(cell!) || numberWords.includes(cell!),
    )
  )
}

function fitted(
  natural: readonly number[],
  numeric: readonly boolean[],
  columns = Infinity,
): readonly number[] {
  const widths = [...natural]
  const cuttable = (): readonly number[] => widths.map((width, at) => (numeric[at] === true ? 0 : width))
  let excess = widths.reduce((sum, width) => sum + width + gap.length, -gap.length) - columns
  for (; excess > 0; excess--) {
    const widest = Math.max(...cuttable())
    if (widest <= leastWidth) break
    widths[cuttable().lastIndexOf(widest)]!--
  }
  return widths
}

function aligned(text: string, width: number, right: boolean): string {
  const shown = text.length > width ? `${text.slice(0, width - 1)}…` : text
  return right ? shown.padStart(width) : shown.padEnd(width)
}
