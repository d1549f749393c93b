import { Option } from 'commander'
import { parseCount } from './data-options.ts'

/** Option `--threads` of the commands that can work on several cores. */
export interface ThreadsOption {
  readonly threads: number
}

/** `--threads N`, 1 by default. */
export function threadsOption(what: string): Option {
  return new Option('--threads <n>', what).argParser(parseCount).default(1)
}
