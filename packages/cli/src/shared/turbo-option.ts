import type { TurboState } from '@quantrx/runtime'
import { Option } from 'commander'
import type { Environment } from '../environment.ts'

/** Option `--turbo` of the commands that run models. */
export interface TurboOption {
  readonly turbo?: boolean
}

/** `--turbo`. */
export function turboOption(): Option {
  return new Option(
    '--turbo',
    'compute with 256-bit instructions, by experimental flags of Node 24 and later',
  )
}

const messages: Readonly<Record<TurboState, string | undefined>> = {
  off: undefined,
  on: 'turbo uses experimental flags of V8; a self-check found the same results as without',
  unavailable: 'this version of Node has no turbo; going on without',
  refused: 'turbo computes something else than it should; going on without',
}

/** Says what has become of `--turbo`. */
export function tellTurbo({ stderr }: Pick<Environment, 'stderr'>, state: TurboState): void {
  const message = messages[state]
  if (message !== undefined) stderr(`quantrx: ${message}\n`)
}
