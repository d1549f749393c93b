import type { Opener } from '@quantrx/core'
import { agreement, evaluateModel, hasLabels, sqnr, top1 } from '@quantrx/evaluators'
import type { AnyMetric } from '@quantrx/evaluators'
import { subgraphOf } from '@quantrx/runtime'
import { recipe as schemeOf } from '@quantrx/schemes'
import type { InputOutputType, Scheme } from '@quantrx/schemes'
import { writeModel } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import type { OperatorRun } from '../graph/sample-batch.ts'
import { withMainGraph } from '../graph/with-main-graph.ts'
import { measureSensitivity, rankSensitivities } from '../sensitivity/measure-sensitivity.ts'
import type { OperatorSensitivity, SensitivityOptions } from '../sensitivity/measure-sensitivity.ts'
import { margin } from './budget.ts'
import type { Budget, Measures } from './budget.ts'
import { recipeOf } from './choices.ts'
import type { OperatorChoice, TunedRecipe } from './choices.ts'
import { prepareBases } from '../improve/prepare-bases.ts'
import type { Base, RangeObservers } from '../improve/prepare-bases.ts'
import type { AlgorithmName } from '../improve/algorithm-names.ts'
import { improvedCandidate } from '../improve/improve-candidate.ts'
import { sharesState } from '../shared-state/shares-state.ts'
import { searchChoices } from './search.ts'

/** What is to be small among the candidates that keep the budget. */
export type Objective = 'size' | 'latency'

/** What `tuneModel` works with. */
export interface TunePlan extends Pick<OperatorRun, 'customOperators'> {
  /** Samples to calibrate with. */
  readonly open: Opener
  /** Samples to judge by; with labels for a budget of top-1. Others than those of calibration give a promise that holds. */
  readonly test: Opener
  readonly budget: Budget
  readonly objective: Objective
  /** Observers to choose among, by name. */
  readonly observers: RangeObservers
  /** Type of the inputs and outputs; float32 by default. */
  readonly io?: InputOutputType
  /** Signature whose graph is tuned, and whose inputs the samples are; the main graph by default. All other graphs stay float. */
  readonly signature?: string
  /** Most candidates to evaluate; 39 by default. */
  readonly evaluations?: number
  readonly signal?: AbortSignal
}

const runOf = ({ customOperators }: TunePlan): Pick<OperatorRun, 'customOperators'> =>
  customOperators === undefined ? {} : { customOperators }

/** One evaluated candidate. */
export interface TunedCandidate {
  readonly kind: 'tuned-candidate'
  /** Counted from 1. */
  readonly evaluation: number
  readonly observer: string
  readonly algorithms: readonly string[]
  readonly choices: readonly OperatorChoice[]
  readonly recipe: TunedRecipe
  readonly samples: number
  readonly measures: Measures
  /** At least 0 where the budget is kept. */
  readonly margin: number
  readonly met: boolean
  /** Size of the file. */
  readonly bytes: number
  readonly model: Model
}

/**
 * Looks for the smallest or fastest model that keeps an accuracy budget, and gives every candidate as soon as it is evaluated:
 * whoever has seen enough stops. {@link bestCandidate} chooses among them.
 *
 * First all operators are int8, with every observer, with and without equalized channels; the best of these is the base. Where it
 * misses the budget, operators become int16x8, and then float, the most sensitive first, as few as will do. Where there is room
 * and size counts, operators with weights become int4, those first that cost the least noise for the bytes they save, as many
 * as will do. How many is found by bisection. Every candidate's weights are rounded by `gptqCandidate`, and its
 * biases corrected. The same inputs give the same candidates.
 *
 * @throws DataError when there are no samples; UsageError for a budget of top-1 without labels, and for a signature that the model
 * does not have.
 *
 * @example
 * for await (const { bytes, met } of tuneModel(model, plan)) console.log(bytes, met)
 */
export async function* tuneModel(
  source: Model,
  plan: TunePlan,
): AsyncGenerator<TunedCandidate, void, undefined> {
  const { evaluations = 39, signal = new AbortController().signal, budget, objective } = plan
  const run = runOf(plan)
  const subgraph = subgraphOf(source, plan)
  const model = withMainGraph(source, subgraph)
  const { bases } = await prepareBases(model, plan.open, plan.observers, { ...run, signal })
  let done = 0
  const attempt = (base: Base, choices: readonly OperatorChoice[]): Promise<TunedCandidate> =>
    evaluated(model, { ...plan, signal, subgraph }, base, choices, ++done)
  yield* searchChoices({
    ...{ model, bases, budget, objective, attempt, hasRoom: () => done < evaluations },
    rank: (base, scheme) => sensitivities(base, scheme, plan.open, { ...run, signal }),
  })
}

/**
 * The best of some candidates: the smallest file, or with `latency` the one that needs the fewest operators beyond int8, among
 * those that keep the budget; the one closest to it where none does. Undefined for none at all.
 */
export function bestCandidate(
  candidates: readonly TunedCandidate[],
  objective: Objective,
): TunedCandidate | undefined {
  const cost = (each: TunedCandidate): number => (objective === 'size' ? each.bytes : slowOperators(each))
  return [...candidates].sort((a, b) => {
    if (a.met !== b.met) return a.met ? -1 : 1
    return (a.met ? cost(a) - cost(b) : 0) || b.margin - a.margin || a.evaluation - b.evaluation
  })[0]
}

/** Float operators count more than those of int16, which count more than those of int8. */
function slowOperators({ choices }: TunedCandidate): number {
  const costs = { int4: 0, int8: 0, int16x8: 1, float: 2 } as const
  return choices.reduce((sum, { scheme }) => sum + costs[scheme], 0)
}

async function evaluated(
  float: Model,
  plan: TunePlan & { readonly subgraph: number },
  base: Base,
  choices: readonly OperatorChoice[],
  evaluation: number,
): Promise<TunedCandidate> {
  const { open, budget, io = 'float32', signal } = plan
  const algorithms = algorithmsFor(float, base)
  const why = `observer ${base.observer}, algorithms ${algorithms.join(', ')}`
  const recipe = recipeOf(choices, 'int8', why)
  const { model } = await improvedCandidate(
    {
      ...{ model: base.model, calibration: base.calibration, scheme: schemeOf(recipe, { io }) },
      ...{ algorithms, open, run: runOf(plan) },
    },
    signal === undefined ? {} : { signal },
  )
  const { samples, measures } = await measured(float, model, plan)
  const distance = margin(budget, measures)
  const written = withMainGraph(model, plan.subgraph)
  return {
    ...{
      kind: 'tuned-candidate',
      evaluation,
      observer: base.observer,
      algorithms,
      choices,
      recipe,
      samples,
      measures,
    },
    ...{ margin: distance, met: distance >= 0, bytes: writeModel(written).byteLength, model: written },
  }
}

/** Operators that share state cannot run one by one, as rounding and correcting need it. */
function algorithmsFor(float: Model, { equalized }: Base): readonly AlgorithmName[] {
  const one = equalized ? (['equalize'] as const) : []
  return sharesState(float) ? one : [...one, 'gptq', 'bias-correction']
}

async function measured(float: Model, model: Model, plan: TunePlan) {
  const { test, signal } = plan
  const labelled = await hasLabels(test)
  const metrics: readonly AnyMetric[] = [agreement(), sqnr(), ...(labelled ? [top1()] : [])]
  const result = await evaluateModel({
    model,
    reference: float,
    open: test,
    metrics,
    ...runOf(plan),
    ...(signal && { signal }),
  })
  const [own, reference] = [result.metrics, result.floatMetrics] as readonly Readonly<
    Record<string, number>
  >[]
  const measures: Measures = {
    agreement: own!['agreement']!,
    outputSqnrDb: own!['sqnr']!,
    ...(labelled ? { top1: own!['top1']!, floatTop1: reference!['top1']! } : {}),
  }
  return { samples: result.samples, measures }
}

async function sensitivities(
  base: Base,
  scheme: Scheme,
  open: Opener,
  options: SensitivityOptions,
): Promise<readonly OperatorSensitivity[]> {
  const all: OperatorSensitivity[] = []
  for await (const each of measureSensitivity(base.model, base.calibration, scheme, open, options))
    all.push(each)
  return rankSensitivities(all)
}
