import { Option } from 'commander'
import { suggest } from '../command-line/option-values.ts'
import { observerNames } from './strategies.ts'

/** Observers as they are written, each with its default setting. */
const written = observerNames.map((name) => name.replace(/\[(.*)\]$/, '$1'))

/** `--observer`, which names how ranges are chosen. */
export function observerOption(): Option {
  const option = new Option('--observer <name>', `how ranges are chosen: ${observerNames.join(', ')}`)
  return suggest(option, written).default('minmax')
}

/** `--observers`, which names several of which each is tried. */
export function observersOption(): Option {
  const option = new Option('--observers <names>', `observers to choose among: ${observerNames.join(', ')}`)
  return suggest(option, written, { list: true })
}
