import { UsageError } from '@quantrx/core'
import type { Calibration, MergeableObserver, Opener } from '@quantrx/core'
import { observers } from '@quantrx/observers'
import { recipe, schemes } from '@quantrx/schemes'
import type { Candidate, Scheme } from '@quantrx/schemes'
import type { Model } from '@quantrx/tflite'
import { improve } from '../improve/improve.ts'
import type { ImprovementHost } from '../improve/improve-candidate.ts'
import { prepareBases } from '../improve/prepare-bases.ts'
import type { Preset } from './presets.ts'

/**
 * Quantizes a model as a preset says: calibration and all algorithms.
 *
 * @throws UsageError for a scheme or an observer that is not known; and as the stages do.
 *
 * @example
 * const { model } = await quantizeByPreset(float, presets['best-int8'], npyFile('calibration.npy'))
 */
export async function quantizeByPreset(
  model: Model,
  preset: Preset,
  open: Opener,
  host: ImprovementHost = {},
): Promise<Candidate> {
  const { algorithms, scheme: named } = preset
  const scheme = typeof named === 'string' ? schemeNamed(named) : recipe(named)
  // `best` looks for ranges itself.
  const wanted = scheme.needsCalibration && !algorithms.includes('best')
  const calibration = wanted ? await calibrate(model, preset, open, host) : noCalibration
  return improve({ model, calibration, scheme, algorithms, open }, host)
}

const noCalibration: Calibration = {
  ...{ kind: 'calibration', strategy: 'none', observer: 'none', samples: 0, tensors: [] },
}

async function calibrate(
  model: Model,
  { observer }: Preset,
  open: Opener,
  { signal }: ImprovementHost,
): Promise<Calibration> {
  const all = Object.values(observers).map((make) => make() as MergeableObserver<unknown>)
  const found = named(all, observer, 'observer')
  const { bases } = await prepareBases(
    model,
    open,
    { [observer]: found },
    signal === undefined ? {} : { signal },
  )
  return bases[0]!.calibration
}

const schemeNamed = (name: string): Scheme =>
  named(
    Object.values<unknown>(schemes).map((make) => (make as () => Scheme)()),
    name,
    'scheme',
  )

function named<Item extends { readonly name: string }>(
  all: readonly Item[],
  name: string,
  what: string,
): Item {
  const found = all.find((each) => each.name === name)
  if (found !== undefined) return found
  throw new UsageError({
    stage: 'quantize',
    subject: `${what} of a preset`,
    found: name,
    expected: `one of ${all.map((each) => each.name).join(', ')}`,
  })
}
