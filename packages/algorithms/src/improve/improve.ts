import type { Calibration, Opener } from '@quantrx/core'
import { quantizeModel } from '@quantrx/schemes'
import type { Candidate, Scheme } from '@quantrx/schemes'
import type { Model } from '@quantrx/tflite'
import { bestQuantization } from '../best/best-quantization.ts'
import type { ChannelMeans } from '../bias-correction/channel-means.ts'
import type { PartialRun } from '../graph/sample-batch.ts'
import { balanceFor } from '../presets/balance-for.ts'
import { sharesState } from '../shared-state/shares-state.ts'
import type { AlgorithmName } from './algorithm-names.ts'
import { improvedCandidate } from './improve-candidate.ts'
import type { ImprovementHost } from './improve-candidate.ts'
import { prepareBases } from './prepare-bases.ts'

/** What is quantized, and by what. */
export interface Improvement {
  readonly model: Model
  /** Ranges of the model; `best` finds its own. */
  readonly calibration: Calibration
  readonly scheme: Scheme
  readonly algorithms: readonly AlgorithmName[]
  /** Calibration samples; algorithms need them. */
  readonly open: Opener | undefined
  /** What calibration has found out about the model for bias correction. */
  readonly means?: ChannelMeans | undefined
  readonly run?: PartialRun
}

/**
 * Quantizes a model with the help of algorithms, in the order of `algorithmNames`; without samples, by its calibration alone. What
 * advances samples operator by operator is left out, and said, where operators share state.
 *
 * @example
 * const { model } = await improve({ model: float, calibration, scheme: int8(), algorithms: ['best'], open })
 */
export async function improve(plan: Improvement, host: ImprovementHost = {}): Promise<Candidate> {
  const { model, calibration, scheme, open, means, run } = plan
  if (open === undefined) return quantizeModel(model, calibration, scheme)
  if (plan.algorithms.includes('best')) {
    const { candidate, ...choice } = await bestQuantization(
      { model, scheme, open, ...(run && { run }) },
      host,
    )
    if (!['minmax', 'none'].includes(calibration.observer)) {
      host.note?.(`best chooses ranges itself: those of ${calibration.observer} are not used`)
    }
    if (host.onBest !== undefined) host.onBest(choice)
    else choice.decisions.forEach(({ why }) => host.note?.(why))
    return candidate
  }
  const algorithms = applicable(plan, host)
  const rest = { scheme, algorithms, open, ...(run && { run }) }
  if (!algorithms.includes('equalize')) {
    return improvedCandidate({ model, calibration, ...rest, ...(means && { means }) }, host)
  }
  // Means of the model as it was before its channels were scaled are of no use.
  return improvedCandidate({ ...(await equalized(plan, open, host)), ...rest }, host)
}

function applicable({ model, algorithms }: Improvement, host: ImprovementHost): readonly AlgorithmName[] {
  const usable = algorithms.filter((name) => name === 'equalize')
  if (usable.length === algorithms.length || !sharesState(model)) return algorithms
  host.note?.(
    'operators share state, so they cannot run one by one: neither biases nor weights are corrected',
  )
  return usable
}

async function equalized(
  { model, calibration, scheme, run }: Improvement,
  open: Opener,
  host: ImprovementHost,
) {
  const { even } = await prepareBases(
    model,
    open,
    {},
    { ...run, balance: balanceFor(scheme), ...signalOf(host) },
  )
  if (calibration.tensors.length === 0) return { model: even.model, calibration }
  return { model: even.model, calibration: even.calibrationOf(calibration) }
}

const signalOf = ({ signal }: ImprovementHost) => (signal === undefined ? {} : { signal })
