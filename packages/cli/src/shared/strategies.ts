import { UsageError } from '@quantrx/core'
import type { TensorObserver } from '@quantrx/core'
import { observers } from '@quantrx/observers'
import { schemes } from '@quantrx/schemes'
import type { InputOutputType, Scheme } from '@quantrx/schemes'
import { didYouMean } from '../command-line/nearest.ts'

type AnyObserver = TensorObserver<unknown>

/** Settings of schemes on the command line; each scheme takes what it knows. */
export interface SchemeSettings {
  readonly io: InputOutputType
  readonly perChannelFullyConnected: boolean
}

const observerFactories = Object.values<(setting?: number) => unknown>(observers) as readonly ((
  setting?: number,
) => AnyObserver)[]
const observersByName = new Map(observerFactories.map((make) => [make().name.split(':')[0] ?? '', make]))
const schemesByName = new Map(
  (Object.values<unknown>(schemes) as readonly ((settings?: SchemeSettings) => Scheme)[]).map((make) => [
    make().name,
    make,
  ]),
)

/** The names that can stand for observers, with their default settings. */
export const observerNames: readonly string[] = observerFactories
  .map((make) => make().name.replace(/:(.*)$/, '[:$1]'))
  .sort()

/** Names of the schemes on the command line. */
export const schemeNames: readonly string[] = [...schemesByName.keys()].sort()

/**
 * The observer of a name such as `minmax` or `percentile:99.9`.
 *
 * @throws UsageError listing the names there are.
 */
export function observerNamed(text: string): AnyObserver {
  const [name = '', setting, ...rest] = text.split(':')
  const make = observersByName.get(name)
  const number = setting === undefined ? undefined : Number(setting)
  const usable = rest.length === 0 && (number === undefined || (setting !== '' && Number.isFinite(number)))
  if (make !== undefined && usable) return make(number)
  throw new UsageError({
    stage: 'command',
    subject: '--observer',
    found: text,
    expected: `one of ${observerNames.join(', ')}`,
    ...meant(name, [...observersByName.keys()]),
  })
}

/**
 * The scheme of a name, with its settings.
 *
 * @throws UsageError listing the names there are.
 */
export function schemeNamed(name: string, settings: SchemeSettings): Scheme {
  const make = schemesByName.get(name)
  if (make !== undefined) return make(settings)
  throw new UsageError({
    stage: 'command',
    subject: '--scheme',
    found: name,
    expected: `one of ${schemeNames.join(', ')}, or a recipe file ending in .json`,
    ...meant(name, schemeNames),
  })
}

function meant(name: string, names: readonly string[]): { readonly nextStep?: string } {
  const nextStep = didYouMean(name, names)
  return nextStep === undefined ? {} : { nextStep }
}
