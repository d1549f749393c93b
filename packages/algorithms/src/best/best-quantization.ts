import type { Opener, Sample } from '@quantrx/core'
import { minMax, mse } from '@quantrx/observers'
import type { Candidate, Scheme } from '@quantrx/schemes'
import type { Model } from '@quantrx/tflite'
import type { Balance } from '../equalize/scale-factors.ts'
import { chooseSamples } from '../graph/chosen-samples.ts'
import type { OperatorRun } from '../graph/sample-batch.ts'
import type { AlgorithmName } from '../improve/algorithm-names.ts'
import { improvedCandidate } from '../improve/improve-candidate.ts'
import type { ImprovementHost } from '../improve/improve-candidate.ts'
import { prepareBases } from '../improve/prepare-bases.ts'
import type { Base } from '../improve/prepare-bases.ts'
import { balanceFor } from '../presets/balance-for.ts'
import { sharesState } from '../shared-state/shares-state.ts'
import { half } from './held-out.ts'
import { sampleErrors } from './sample-errors.ts'
import { clearlySmaller, fewestPairs } from './signed-ranks.ts'

/** What {@link bestQuantization} works with. */
export interface BestPlan {
  readonly model: Model
  readonly scheme: Scheme
  /** Calibration samples. */
  readonly open: Opener
  readonly run?: OperatorRun
}

/** What may be added to ranges from the smallest to the largest value and corrected biases. */
export type Addition = 'mse' | 'gptq' | 'equalize'

/** What has become of one addition. */
export interface BestDecision {
  readonly addition: Addition
  readonly taken: boolean
  /** Samples that it was judged by: those that the candidates had not seen. */
  readonly samples: number
  /** Signal-to-noise ratio that it gains on them, in dB. */
  readonly gainDb: number
  /** For people. */
  readonly why: string
}

/** What was chosen, made with all samples. */
export interface BestQuantization {
  readonly candidate: Candidate
  readonly observer: string
  readonly algorithms: readonly AlgorithmName[]
  readonly decisions: readonly BestDecision[]
}

/** What was chosen, without the model. */
export type BestChoice = Omit<BestQuantization, 'candidate'>

/**
 * Most samples that additions are judged by: more make no difference to what is clear, and these are kept in memory.
 */
const mostJudges = 128

/**
 * Even weights are what scales for whole tensors lack most; elsewhere even channels are the largest change to a model and cost weights
 * precision, so that they have to gain on top of everything else.
 */
const orders: Readonly<Record<Balance, readonly Addition[]>> = {
  weights: ['equalize', 'mse', 'gptq'],
  activations: ['mse', 'gptq', 'equalize'],
}

/**
 * Quantizes a model as well as is known here, by what calibration samples show. It starts from what is never far off, ranges from the
 * smallest to the largest value and corrected biases, and adds, one after the other, ranges of least squared error (`mse`), weights
 * rounded by their inputs (`gptq`) and channels of even size (`equalize`). Candidates are made with every second sample and compared on
 * the others: the first two are taken where they are closer to the float model there, `equalize` where it is so clearly, as
 * `clearlySmaller` says. What is chosen is then made with all samples. Fewer than 10 samples tell nothing, and the start stays.
 *
 * @throws as the algorithms do.
 *
 * @example
 * const { candidate, decisions } = await bestQuantization({ model, scheme: int8(), open: npyFile('calibration.npy') })
 */
export async function bestQuantization(
  plan: BestPlan,
  host: ImprovementHost = {},
): Promise<BestQuantization> {
  const { watch = (_, work) => work(() => undefined) } = host
  return watch('best', async (onStep) => {
    const additions = additionsFor(plan)
    let done = 0
    const told = (): void => onStep(++done, additions.length + 2)
    const decisions = await decide(plan, additions, host, told)
    const taken = decisions.filter((each) => each.taken).map(({ addition }) => addition)
    const { open } = plan
    const candidate = await made(plan, await basesOf(plan, open, host), taken, open, host)
    told()
    const observer = taken.includes('mse') ? 'mse' : 'minmax'
    return { candidate, observer, algorithms: algorithmsOf(plan, taken), decisions }
  })
}

/** Operators that share state cannot run one by one; schemes without calibration have no use for ranges. */
function additionsFor({ model, scheme }: BestPlan): readonly Addition[] {
  return orders[balanceFor(scheme)].filter((addition) => {
    if (addition === 'mse') return scheme.needsCalibration
    return addition === 'equalize' || !sharesState(model)
  })
}

function algorithmsOf({ model }: BestPlan, taken: readonly Addition[]): readonly AlgorithmName[] {
  const all = [...taken.filter((each) => each !== 'mse').sort(), 'bias-correction'] as const
  return sharesState(model) ? all.filter((name) => name === 'equalize') : all
}

async function decide(
  plan: BestPlan,
  additions: readonly Addition[],
  host: ImprovementHost,
  told: () => void,
): Promise<readonly BestDecision[]> {
  const judges = await judgesOf(plan, host)
  if (judges.length < fewestPairs) return additions.map((addition) => undecided(addition, judges.length))
  const fit = half(plan.open, 'fit')
  const bases = await basesOf(plan, fit, host)
  const errorsWith = async (taken: readonly Addition[]): Promise<readonly number[]> => {
    const { model } = await made(plan, bases, taken, fit, host)
    told()
    return sampleErrors(model, plan.model, judges, plan.run)
  }
  const decisions: BestDecision[] = []
  let taken: readonly Addition[] = []
  let errors = await errorsWith(taken)
  for (const addition of additions) {
    host.signal?.throwIfAborted()
    if (addition === 'equalize' && bases.every(({ equalized }) => !equalized)) continue
    const own = await errorsWith([...taken, addition])
    const better = gains(addition, own, errors)
    decisions.push(decision(addition, better, own, errors))
    if (better) [taken, errors] = [[...taken, addition], own]
  }
  return decisions
}

/**
 * Ranges of least error and weights rounded by their inputs lower errors of layers by construction, so that they only have to do no
 * harm; channels of even size cost precision elsewhere, so that chance must not be what speaks for them.
 */
function gains(addition: Addition, own: readonly number[], before: readonly number[]): boolean {
  return addition === 'equalize' ? clearlySmaller(own, before) : total(own) < total(before)
}

const total = (errors: readonly number[]): number => errors.reduce((sum, error) => sum + error, 0)

/** Samples to judge by; none where there is but one sample. */
async function judgesOf({ open }: BestPlan, { signal }: ImprovementHost): Promise<readonly Sample[]> {
  const judges = half(open, 'judge')
  const abort = new AbortController()
  try {
    for await (const _ of judges(abort.signal)) {
      return await chooseSamples(judges, { limit: mostJudges, stage: 'quantize', ...(signal && { signal }) })
    }
    return []
  } finally {
    abort.abort()
  }
}

async function basesOf({ model, scheme, run }: BestPlan, open: Opener, { signal }: ImprovementHost) {
  const observers = { minmax: minMax(), mse: mse() }
  const options = { ...run, balance: balanceFor(scheme), ...(signal && { signal }) }
  return (await prepareBases(model, open, observers, options)).bases
}

function made(
  plan: BestPlan,
  bases: readonly Base[],
  taken: readonly Addition[],
  open: Opener,
  { signal }: ImprovementHost,
): Promise<Candidate> {
  const { scheme, run } = plan
  const [observer, equalized] = [taken.includes('mse') ? 'mse' : 'minmax', taken.includes('equalize')]
  const base = bases.find((each) => each.observer === observer && each.equalized === equalized)!
  const algorithms = algorithmsOf(plan, taken)
  const { model, calibration } = base
  return improvedCandidate(
    { model, calibration, scheme, algorithms, open, ...(run && { run }) },
    signal === undefined ? {} : { signal },
  )
}

const names: Readonly<Record<Addition, string>> = {
  mse: 'ranges of least squared error',
  gptq: 'weights rounded by their inputs',
  equalize: 'channels of even size',
}

function undecided(addition: Addition, samples: number): BestDecision {
  const why = `${names[addition]}: not tried, since ${2 * fewestPairs} samples are the fewest that tell anything`
  return { addition, taken: false, samples, gainDb: 0, why }
}

function decision(
  addition: Addition,
  taken: boolean,
  own: readonly number[],
  before: readonly number[],
): BestDecision {
  const gainDb = 10 * Math.log10((total(before) || 1) / (total(own) || 1))
  const judged = `${gainDb < 0 ? '' : '+'}${gainDb.toFixed(2)} dB on ${own.length} samples that were held out`
  const why = `${names[addition]}: ${judged}, ${taken ? 'taken' : 'not taken'}`
  return { addition, taken, samples: own.length, gainDb, why }
}
