import { UsageError } from '@quantrx/core'
import type { TensorObserver } from '@quantrx/core'
import { minMax, movingAverage, percentile } from '@quantrx/observers'
import { dynamic, int8, int8PerTensor } from '@quantrx/schemes'
import type { InputOutputType, Scheme } from '@quantrx/schemes'

type AnyObserver = TensorObserver<unknown>

const observers: Readonly<Record<string, (setting: number | undefined) => unknown>> = {
  minmax: () => minMax(),
  'moving-average': (smoothing) => movingAverage(smoothing),
  percentile: (percent) => percentile(percent),
}

const schemes: Readonly<Record<string, (io: InputOutputType, perChannelFullyConnected: boolean) => Scheme>> =
  {
    int8: (io, perChannelFullyConnected) => int8({ io, perChannelFullyConnected }),
    'int8-per-tensor': (io) => int8PerTensor({ io }),
    dynamic: () => dynamic(),
  }

/** Names of the schemes on the command line. */
export const schemeNames = Object.keys(schemes)

/**
 * The observer of a name such as `minmax` or `percentile:99.9`.
 *
 * @throws UsageError listing the names there are.
 */
export function observerNamed(text: string): AnyObserver {
  const [name = '', setting, ...rest] = text.split(':')
  const make = observers[name]
  const number = setting === undefined ? undefined : Number(setting)
  if (make !== undefined && rest.length === 0 && (number === undefined || Number.isFinite(number))) {
    return make(number) as AnyObserver
  }
  throw new UsageError({
    stage: 'command',
    subject: '--observer',
    found: text,
    expected: 'minmax, moving-average[:0.9] or percentile[:99.99]',
  })
}

/** The scheme of a name, with its settings. */
export function schemeNamed(name: string, io: InputOutputType, perChannelFullyConnected: boolean): Scheme {
  const make = schemes[name]
  if (make !== undefined) return make(io, perChannelFullyConnected)
  throw new UsageError({
    stage: 'command',
    subject: '--scheme',
    found: name,
    expected: `one of ${schemeNames.join(', ')}`,
  })
}
