import { Option } from 'commander'
import { suggest } from '../command-line/option-values.ts'
import { observerNames } from './strategies.ts'

/** `--observer`, which names how ranges are chosen. */
export function observerOption(): Option {
  const option = new Option('--observer <name>', `how ranges are chosen: ${observerNames.join(', ')}`)
  const written = observerNames.map((name) => name.replace(/\[(.*)\]$/, '$1'))
  return suggest(option, written).default('minmax')
}
