import { isQuantrxError } from '@quantrx/core'
import type { Calibration, Opener, QuantrxError, Sample } from '@quantrx/core'
import { agreement, evaluateModels, sqnr, timeModels, top1 } from '@quantrx/evaluators'
import type { AnyMetric, ModelsRun } from '@quantrx/evaluators'
import { subgraphOf } from '@quantrx/runtime'
import type { RunOptions } from '@quantrx/runtime'
import { modelQuantizer } from '@quantrx/schemes'
import type { Candidate } from '@quantrx/schemes'
import { modelParts } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { correctBiases } from '../bias-correction/correct-biases.ts'
import { firstSample } from '../graph/first-sample.ts'
import { sharesState } from '../shared-state/shares-state.ts'
import type { Measures } from '../tune/budget.ts'
import { calibrateAtCounts } from './calibrate-at-counts.ts'
import type { Strategies } from './calibrate-at-counts.ts'
import { checkSweep, planCandidates } from './plan-candidates.ts'
import type { PlannedCandidate, Schemes } from './plan-candidates.ts'

/** What `sweepModel` works with. */
export interface SweepPlan extends Pick<RunOptions, 'arithmetic' | 'customOperators' | 'signature'> {
  /** Samples to calibrate with; read once. */
  readonly open: Opener
  /** Samples to judge by, with labels for top-1. */
  readonly test: Opener
  readonly observers: Strategies
  /** Schemes by name, whose inputs stay real numbers. */
  readonly schemes: Schemes
  /** Numbers of calibration samples to compare; all samples by default. */
  readonly sampleCounts?: readonly number[]
  /**
   * True to correct the biases of every candidate, which takes a run of up to 128 samples each; false by default. Those of the main
   * graph only: a signature of another one is left as it is.
   */
  readonly biasCorrection?: boolean
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: SweepProgress) => void
  /** Told when the ranges of all strategies are known. */
  readonly onCalibrated?: () => void
  /** Told of a scheme that cannot take the model, which is then left out unless it is the last one; without it, that is an error. */
  readonly onRefusal?: (scheme: string, error: QuantrxError) => void
  /** Runs the float model and some candidates on the test samples elsewhere, such as in workers, in their order. */
  readonly runSamples?: (models: readonly Model[], samples: AsyncIterable<Sample>) => AsyncIterable<ModelsRun>
}

/** How far a sweep has come: samples of calibration, candidates made, test samples that all of them have run. */
export interface SweepProgress {
  readonly kind: 'calibrating' | 'quantizing' | 'evaluating'
  readonly done: number
  readonly total?: number
}

/** One candidate of a sweep, and how it did. */
export interface SweptCandidate {
  readonly kind: 'swept-candidate'
  readonly strategy: string
  /** Name of the observer, with its settings. */
  readonly observer: string
  readonly scheme: string
  /** Number of calibration samples. */
  readonly samples: number
  readonly algorithms: readonly 'bias-correction'[]
  /** Number of samples it was judged by. */
  readonly testSamples: number
  readonly measures: Measures
  /** Size of the file. */
  readonly bytes: number
  /** Median milliseconds of an inference, and of one of the float model, on this machine and one thread. */
  readonly medianMs: number
  readonly floatMedianMs: number
  /** Position of an earlier candidate that is the same, byte by byte; what was measured of that holds for this one. */
  readonly sameAs?: number
  readonly candidate: Candidate
}

/** More than this is not held at once, and evaluated in parts. */
const mostBytes = 2 ** 28

/**
 * Compares strategies, schemes and sample counts: calibrates with all of them in one pass over the samples, quantizes every
 * combination, and judges them together in one pass over the test samples, in which the float model, too, runs once. Every candidate
 * is what `quantizeModel` makes of the calibration of its strategy alone, and `correctBiases` of that. Gives the candidates by sample
 * count, scheme and strategy; {@link paretoFront} tells which ones nothing beats. Weights that are the same are quantized once, and
 * candidates share their memory.
 *
 * Candidates are held together up to 256 MB; larger sweeps take the test samples in several passes. Memory does not grow with the
 * number of samples.
 *
 * @throws as the stages do; DataError when there are fewer samples than a count; UsageError for a signature that the model does not have.
 *
 * @example
 * for await (const { strategy, scheme, measures } of sweepModel(model, { open, test, observers: { minmax: minMax(), mse: mse() }, schemes: { int8: int8() } }))
 *   console.log(strategy, scheme, measures.agreement)
 */
export async function* sweepModel(
  model: Model,
  plan: SweepPlan,
): AsyncGenerator<SweptCandidate, void, undefined> {
  const { observers, schemes, onProgress, signal } = plan
  checkSweep(observers, schemes)
  const biasCorrection = plan.biasCorrection === true && subgraphOf(model, plan) === 0 && !sharesState(model)
  const counted = await calibrateAtCounts(model, {
    ...plan,
    biasCorrection,
    onSample: (done) => onProgress?.({ kind: 'calibrating', done }),
  })
  plan.onCalibrated?.()
  const { usable, ...makers } = usableSchemes(model, plan, counted[0]!.calibrations[0]!)
  const planned = planCandidates(counted, usable)
  const first = await firstSample(plan.test, signal)
  const results: SweptCandidate[] = []
  let group: Prepared[] = []
  for (const [at, each] of planned.entries()) {
    signal?.throwIfAborted()
    onProgress?.({ kind: 'quantizing', done: at + 1, total: planned.length })
    group.push(each.first < at ? each : { ...each, made: await make(plan, each, makers) })
    const bytes = group.reduce((sum, { made }) => sum + (made?.bytes ?? 0), 0)
    if (bytes < mostBytes && at + 1 < planned.length) continue
    const judged = await judgedTogether(model, plan, group, first)
    for (const next of group) {
      const own = judged.get(next)
      results.push(own === undefined ? copied(next, results[next.first]!) : own)
      yield results.at(-1)!
    }
    group = []
  }
}

/** The schemes that take the model, what quantizes it by them, and what they make of a calibration. */
function usableSchemes(model: Model, { schemes, onRefusal }: SweepPlan, calibration: Calibration) {
  const quantizeBy = modelQuantizer(model)
  const made = new Map<string, Candidate>()
  let refusal: unknown
  for (const [name, scheme] of Object.entries(schemes)) {
    try {
      made.set(name, quantizeBy(calibration, scheme))
    } catch (error) {
      if (onRefusal === undefined || !isQuantrxError(error) || error.name !== 'UsageError') throw error
      onRefusal(name, error)
      refusal = error
    }
  }
  if (made.size === 0) throw refusal
  const usable = Object.fromEntries(Object.entries(schemes).filter(([name]) => made.has(name)))
  return { usable, quantizeBy, made: { calibration, candidates: made } }
}

/** A candidate that has been made, unless it is the same as an earlier one. */
interface Prepared extends PlannedCandidate {
  readonly made?: { readonly candidate: Candidate; readonly bytes: number }
}

async function make(
  { schemes, signal, customOperators }: SweepPlan,
  { scheme, calibration, from }: PlannedCandidate,
  { quantizeBy, made }: Pick<ReturnType<typeof usableSchemes>, 'quantizeBy' | 'made'>,
) {
  const known = made.calibration === calibration ? made.candidates.get(scheme) : undefined
  const plain = known ?? quantizeBy(calibration, schemes[scheme]!)
  const candidate =
    from.correction === undefined
      ? plain
      : await correctBiases(plain, inMemory(from.correction.chosen), {
          means: from.correction.means,
          ...(signal && { signal }),
          ...(customOperators && { customOperators }),
        })
  return { candidate, bytes: modelParts(candidate.model).byteLength }
}

const inMemory = (samples: readonly Sample[]): Opener =>
  async function* () {
    await Promise.resolve()
    yield* samples
  }

async function judgedTogether(
  model: Model,
  plan: SweepPlan,
  group: readonly Prepared[],
  first: Sample | undefined,
): Promise<ReadonlyMap<Prepared, SweptCandidate>> {
  const own = group.filter(({ made }) => made !== undefined)
  const models = own.map(({ made }) => made!.candidate.model)
  const { arithmetic, customOperators, signature, runSamples, signal, onProgress } = plan
  const options = {
    ...(arithmetic && { arithmetic }),
    ...(customOperators && { customOperators }),
    ...(signature !== undefined && { signature }),
  }
  const metrics: readonly AnyMetric[] = [agreement(), sqnr(), ...(first?.label === undefined ? [] : [top1()])]
  if (models.length === 0) return new Map()
  const evaluations = await evaluateModels({
    ...{ models, reference: model, open: plan.test, metrics, options },
    ...(runSamples && { runSamples: (samples) => runSamples(models, samples) }),
    ...(signal && { signal }),
    onSample: (done) => onProgress?.({ kind: 'evaluating', done }),
  })
  const [float = NaN, ...times] = await timeModels([model, ...models], first?.inputs ?? [], {
    ...options,
    floatProducts: 'fused',
    ...(signal && { signal }),
  })
  return new Map(
    own.map((each, at) => {
      const { samples: testSamples, metrics: integer, floatMetrics } = evaluations[at]!
      const measures = measuresOf(integer, floatMetrics)
      const speed = { medianMs: times[at]!, floatMedianMs: float }
      return [each, { ...described(each), testSamples, measures, ...speed, ...each.made! }]
    }),
  )
}

function described({ strategy, scheme, calibration, from }: PlannedCandidate) {
  const algorithms = from.correction === undefined ? [] : (['bias-correction'] as const)
  const { observer } = calibration
  return { kind: 'swept-candidate', strategy, observer, scheme, samples: from.samples, algorithms } as const
}

const copied = (each: PlannedCandidate, same: SweptCandidate): SweptCandidate => ({
  ...same,
  ...described(each),
  sameAs: each.first,
})

function measuresOf(
  own: Readonly<Record<string, unknown>>,
  float: Readonly<Record<string, unknown>>,
): Measures {
  const [agreed, ratio, accuracy, floatAccuracy] = [own['agreement'], own['sqnr'], own['top1'], float['top1']]
  const measures = { agreement: agreed as number, outputSqnrDb: ratio as number }
  if (accuracy === undefined) return measures
  return { ...measures, top1: accuracy as number, floatTop1: floatAccuracy as number }
}
