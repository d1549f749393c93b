import { parseArgs } from 'node:util'
import { networks } from '../models/networks.ts'
import type { Network } from '../models/networks.ts'
import { tables } from '../tables/index.ts'

/** What `npm run bench` was asked for. */
export interface BenchOptions {
  readonly rounds: number
  readonly sliceMs: number
  /** Where to write everything as JSON. */
  readonly json?: string
  readonly tables: readonly string[]
  readonly networks: readonly Network['name'][]
}

/** How to call the command. */
export const usage = [
  'npm run bench -- [--rounds N] [--slice MS] [--only NAME]... [--json FILE]',
  `  NAME: a table (${tables.map(({ name }) => name).join(', ')})`,
  `        or a network (${networks.map(({ name }) => name).join(', ')})`,
].join('\n')

/**
 * Reads the arguments of the command.
 *
 * @throws Error with the usage, for what it does not know.
 */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '7' },
      slice: { type: 'string', default: '150' },
      only: { type: 'string', multiple: true, default: [] },
      json: { type: 'string' },
    },
  })
  const only = (names: readonly string[]): readonly string[] => {
    const chosen = names.filter((name) => values.only.includes(name))
    return chosen.length === 0 ? names : chosen
  }
  const known = [...tables, ...networks].map(({ name }): string => name)
  const unknown = values.only.find((name) => !known.includes(name))
  if (unknown !== undefined) throw new Error(`--only ${unknown}: no such table or network\n${usage}`)
  return {
    rounds: count('--rounds', values.rounds),
    sliceMs: count('--slice', values.slice),
    ...(values.json === undefined ? {} : { json: values.json }),
    tables: only(tables.map(({ name }) => name)),
    networks: only(networks.map(({ name }) => name)) as readonly Network['name'][],
  }
}

function count(option: string, value: string): number {
  const number = Number(value)
  if (Number.isInteger(number) && number > 0) return number
  throw new Error(`${option} ${value}: expected a whole number above 0\n${usage}`)
}
