import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { targetNames } from './targets.ts'
import type { TargetName } from './targets.ts'

/** What `npm run fuzz` was asked for. */
export interface FuzzOptions {
  /** Cases over all targets together. */
  readonly cases: number
  readonly seed: number
  readonly targets: readonly TargetName[]
  /** Processes that work at the same time. */
  readonly jobs: number
  /** One case alone, in this process, so that its error arrives with its stack. */
  readonly only?: number
}

/** How to call the command. */
export const usage = `npm run fuzz -- [--cases N] [--seed S] [--target ${targetNames.join('|')}]... [--jobs J] [--only CASE]`

/**
 * Reads the arguments of the command.
 *
 * @throws Error with the usage, for what it does not know.
 */
export function parseOptions(args: readonly string[]): FuzzOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      cases: { type: 'string', default: '20000' },
      seed: { type: 'string', default: '1' },
      target: { type: 'string', multiple: true, default: [] },
      jobs: { type: 'string', default: String(Math.min(cpus().length, 4)) },
      only: { type: 'string' },
    },
  })
  const targets = targetNames.filter((name) => values.target.includes(name))
  const unknown = values.target.find((name) => !targetNames.includes(name as TargetName))
  if (unknown !== undefined) throw new Error(`--target ${unknown}: no such target\n${usage}`)
  return {
    cases: count('--cases', values.cases, 1),
    seed: count('--seed', values.seed, 0),
    targets: targets.length === 0 ? targetNames : targets,
    jobs: count('--jobs', values.jobs, 1),
    ...(values.only === undefined ? {} : { only: count('--only', values.only, 0) }),
  }
}

function count(option: string, value: string, least: number): number {
  const number = Number(value)
  if (Number.isInteger(number) && number >= least && value !== '') return number
  throw new Error(`${option} ${value}: expected a whole number of ${least} or more\n${usage}`)
}
