import type { Calibration, Opener } from '@quantrx/core'
import { quantizeModel } from '@quantrx/schemes'
import type { Candidate, Scheme } from '@quantrx/schemes'
import type { Model } from '@quantrx/tflite'
import type { BestChoice } from '../best/best-quantization.ts'
import type { ChannelMeans } from '../bias-correction/channel-means.ts'
import { correctBiases } from '../bias-correction/correct-biases.ts'
import { gptqCandidate } from '../gptq/gptq-candidate.ts'
import type { PartialRun } from '../graph/sample-batch.ts'
import type { AlgorithmName } from './algorithm-names.ts'

/** A float model, its ranges and what is to be made of it. */
export interface CandidatePlan {
  /** With its channels made even, where that is wanted. */
  readonly model: Model
  readonly calibration: Calibration
  readonly scheme: Scheme
  /** Those that are done to the quantized model count: `gptq` and `bias-correction`. */
  readonly algorithms: readonly AlgorithmName[]
  readonly open: Opener
  /** What calibration has found out about this very model for bias correction. */
  readonly means?: ChannelMeans
  readonly run?: PartialRun
}

/** Whoever wants a model improved: when to stop, and what to tell meanwhile. */
export interface ImprovementHost {
  readonly signal?: AbortSignal
  /** Receives what the reader should know of the result. */
  note?(text: string): void
  /** Told what `best` has chosen; without it, its decisions are notes. */
  onBest?(choice: BestChoice): void
  /** Does the work of one algorithm; `onStep` tells how many of its steps are done, of how many. */
  watch?<Result>(
    algorithm: AlgorithmName,
    work: (onStep: (done: number, total: number) => void) => Promise<Result>,
  ): Promise<Result>
}

/** Quantizes a model, rounds its weights and corrects its biases, as far as its algorithms say. */
export async function improvedCandidate(
  { model, calibration, scheme, algorithms, open, means, run }: CandidatePlan,
  { signal, watch = (_, work) => work(() => undefined) }: ImprovementHost = {},
): Promise<Candidate> {
  const options = { ...run, ...(signal && { signal }) }
  const plain = quantizeModel(model, calibration, scheme)
  const rounded = algorithms.includes('gptq')
    ? await watch('gptq', (onOperator) => gptqCandidate(plain, open, { ...options, onOperator }))
    : plain
  if (!algorithms.includes('bias-correction')) return rounded
  return watch('bias-correction', (onOperator) =>
    correctBiases(rounded, open, { ...options, ...(means && { means }), onOperator }),
  )
}
