import type { Environment } from '../environment.ts'

/** A cell of a table for people. */
export type Cell = string | number | undefined

/** Prints the result of a command: the JSON document when it was asked for, otherwise the text for people. */
export function printResult(
  { stdout }: Environment,
  json: boolean | undefined,
  result: object,
  text: () => string,
): void {
  stdout(json === true ? `${JSON.stringify(result, jsonNumber)}\n` : `${text()}\n`)
}

/** JSON has no infinity: an exact match, whose ratio is infinite, is written as a large number of decibels. */
const jsonNumber = (_key: string, value: unknown): unknown =>
  value === Infinity ? Number.MAX_VALUE : value === -Infinity ? -Number.MAX_VALUE : value

/** Rows under headings, columns aligned: text to the left, numbers to the right. */
export function table(headings: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const cells = rows.map((row) => row.map((cell) => String(cell ?? '')))
  const widths = headings.map((heading, at) =>
    Math.max(heading.length, ...cells.map((row) => row[at]?.length ?? 0)),
  )
  const rightAligned = headings.map(
    (_, at) => rows.length > 0 && rows.every((row) => typeof row[at] !== 'string'),
  )
  const line = (row: readonly string[]): string =>
    row
      .map((cell, at) => (rightAligned[at] === true ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!)))
      .join('  ')
      .trimEnd()
  return [line(headings), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join('\n')
}

/** 0.915 as `91.50 %`. */
export const percent = (share: number | undefined): string =>
  share === undefined ? '' : `${(share * 100).toFixed(2)} %`

/** 31.4159 as `31.42 dB`. */
export const decibels = (ratio: number | undefined): string =>
  ratio === undefined
    ? ''
    : Number.isFinite(ratio)
      ? `${ratio.toFixed(2)} dB`
      : ratio > 0
        ? 'exact'
        : 'no signal'
