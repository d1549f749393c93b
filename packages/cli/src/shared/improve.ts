import {
  balanceFor,
  channelRanges,
  correctBiases,
  equalizeCalibration,
  equalizeModel,
  gptqCandidate,
  sharesState,
} from '@quantrx/algorithms'
import type { ChannelMeans } from '@quantrx/algorithms'
import type { Calibration, Opener } from '@quantrx/core'
import { samples } from '@quantrx/data'
import { observe } from '@quantrx/observers'
import { infer } from '@quantrx/runtime'
import { quantizeModel } from '@quantrx/schemes'
import type { Candidate, Scheme } from '@quantrx/schemes'
import type { Model } from '@quantrx/tflite'
import { lastValueFrom } from 'rxjs'
import type { AlgorithmName } from './algorithms-option.ts'

/** What is quantized, and by what. */
export interface Improvement {
  readonly model: Model
  readonly calibration: Calibration
  readonly scheme: Scheme
  readonly algorithms: readonly AlgorithmName[]
  /** Calibration samples; algorithms need them. */
  readonly open: Opener | undefined
  /** What calibration has found out about the model for bias correction. */
  readonly means: ChannelMeans | undefined
}

/** Whoever wants a model improved: when to stop, and what to tell meanwhile. */
export interface ImprovementHost {
  readonly signal: AbortSignal
  /** Receives what the reader should know of the result. */
  note(text: string): void
  /** Does the work of one algorithm; `onOperator` tells how many operators are done, of how many. */
  watch<Result>(
    algorithm: AlgorithmName,
    work: (onOperator: (done: number, total: number) => void) => Promise<Result>,
  ): Promise<Result>
}

/** Quantizes a model with the help of algorithms; without samples, by its calibration alone. */
export async function improve(host: ImprovementHost, plan: Improvement): Promise<Candidate> {
  const { model, calibration, scheme, open } = plan
  const algorithms = applicable(host, plan)
  if (open === undefined) return quantizeModel(model, calibration, scheme)
  const equalizes = algorithms.includes('equalize')
  const start = equalizes ? await equalized(host, plan, open) : { model, calibration }
  const candidate = quantizeModel(start.model, start.calibration, scheme)
  const { signal } = host
  const rounded = algorithms.includes('gptq')
    ? await host.watch('gptq', (onOperator) => gptqCandidate(candidate, open, { signal, onOperator }))
    : candidate
  if (!algorithms.includes('bias-correction')) return rounded
  // Means of the model as it was before its channels were scaled are of no use.
  const known = equalizes || plan.means === undefined ? {} : { means: plan.means }
  return host.watch('bias-correction', (onOperator) =>
    correctBiases(rounded, open, { ...known, signal, onOperator }),
  )
}

/** What advances samples operator by operator is left out, and said, where operators share state. */
function applicable({ note }: ImprovementHost, { model, algorithms }: Improvement): readonly AlgorithmName[] {
  const usable = algorithms.filter((name) => name === 'equalize')
  if (usable.length === algorithms.length || !sharesState(model)) return algorithms
  note('operators share state, so they cannot run one by one: neither biases nor weights are corrected')
  return usable
}

async function equalized(
  { signal }: ImprovementHost,
  { model, calibration, scheme }: Improvement,
  open: Opener,
): Promise<{ readonly model: Model; readonly calibration: Calibration }> {
  const channels = await lastValueFrom(
    samples(open, { signal }).pipe(infer(model), observe({ channels: channelRanges() })),
  )
  const even = equalizeModel(model, channels, { balance: balanceFor(scheme) })
  if (calibration.tensors.length === 0) return { model: even.model, calibration }
  return { model: even.model, calibration: equalizeCalibration(calibration, channels, even) }
}
