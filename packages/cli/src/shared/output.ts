import type { Environment } from '../environment.ts'
import { drawTable } from './table.ts'
import type { Table } from './table.ts'

export { facts, table } from './table.ts'
export type { Cell, Table } from './table.ts'

/** A result for people: lines and tables, one below the other. */
export type Drawing = string | Table | readonly (string | Table)[]

/**
 * Prints the result of a command: the JSON document when it was asked for, otherwise the text for people. The document tells
 * what was taken from a config file.
 */
export function printResult(
  { stdout, output, config }: Pick<Environment, 'stdout' | 'output' | 'config'>,
  json: boolean | undefined,
  result: object,
  text: () => Drawing,
): void {
  if (json === true) {
    const taken = config?.()
    stdout(`${JSON.stringify(taken === undefined ? result : { ...result, config: taken }, jsonNumber)}\n`)
    return
  }
  const blocks = [text()].flat() as readonly (string | Table)[]
  stdout(blocks.map((block) => `${typeof block === 'string' ? block : drawTable(block, output)}\n`).join(''))
}

/** JSON has no infinity: an exact match, whose ratio is infinite, is written as a large number of decibels. */
const jsonNumber = (_key: string, value: unknown): unknown =>
  value === Infinity ? Number.MAX_VALUE : value === -Infinity ? -Number.MAX_VALUE : value

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
