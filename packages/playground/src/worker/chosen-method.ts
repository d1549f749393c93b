import { algorithmNames, presets } from '@quantrx/algorithms'
import type { Preset } from '@quantrx/algorithms'
import { observerNamed, observerNames, schemeNamed, schemeNames } from '@quantrx/cli/browser'
import type { TensorObserver } from '@quantrx/core'
import { recipe } from '@quantrx/schemes'
import type { Scheme } from '@quantrx/schemes'
import type { Catalog, Method } from './messages.ts'

const known: readonly [string, Preset][] = Object.entries(presets)

const recipes = new Map(
  known.flatMap(([, { scheme }]) => (typeof scheme === 'string' ? [] : [[scheme.name, scheme] as const])),
)

const schemeName = ({ scheme }: Preset): string => (typeof scheme === 'string' ? scheme : scheme.name)

/** Everything there is to choose from: what the libraries bring along. */
export const catalog: Catalog = {
  schemes: [...schemeNames, ...recipes.keys()],
  observers: observerNames.map((name) => name.replace(/\[.*/, '')),
  algorithms: algorithmNames,
  presets: known.map(([name, preset]) => ({
    ...{ name, purpose: preset.purpose, scheme: schemeName(preset) },
    ...{ observer: preset.observer, algorithms: preset.algorithms },
  })),
}

/**
 * The scheme and the observer that a method names.
 *
 * @throws UsageError for a name that is not in the catalog.
 */
export function chosenMethod({ scheme, observer }: Method): {
  readonly scheme: Scheme
  readonly observer: TensorObserver<unknown>
} {
  const rules = recipes.get(scheme)
  return {
    scheme:
      rules === undefined
        ? schemeNamed(scheme, { io: 'float32', perChannelFullyConnected: true })
        : recipe(rules),
    observer: observerNamed(observer),
  }
}
