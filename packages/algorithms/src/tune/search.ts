import { int4, int8 } from '@quantrx/schemes'
import type { Scheme } from '@quantrx/schemes'
import { constantBytes } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { mainGraph } from '../graph/slice-operators.ts'
import type { OperatorSensitivity } from '../sensitivity/measure-sensitivity.ts'
import type { Budget } from './budget.ts'
import { everything, withScheme } from './choices.ts'
import type { OperatorChoice } from './choices.ts'
import type { Base } from '../improve/prepare-bases.ts'
import type { Objective, TunedCandidate } from './tune-model.ts'

/** What a search may do. */
export interface Search {
  readonly model: Model
  readonly bases: readonly Base[]
  readonly budget: Budget
  readonly objective: Objective
  attempt(base: Base, choices: readonly OperatorChoice[]): Promise<TunedCandidate>
  /** False when no more candidates may be evaluated. */
  hasRoom(): boolean
  /** Sensitivities of all operators to a scheme, the most sensitive first. */
  rank(base: Base, scheme: Scheme): Promise<readonly OperatorSensitivity[]>
}

/** A base and what its operators have become so far. */
interface Position {
  readonly base: Base
  readonly choices: readonly OperatorChoice[]
}

type Candidates = AsyncGenerator<TunedCandidate, Position | undefined, undefined>

/** Tries candidates as `tuneModel` describes. */
export async function* searchChoices(search: Search): AsyncGenerator<TunedCandidate, void, undefined> {
  const start = yield* bestBase(search)
  if (start === undefined) return
  const sound = start.met ? start : yield* improved(search, start)
  if (sound === undefined || search.objective === 'latency') return
  yield* shrunk(search, sound)
}

async function* bestBase(
  search: Search,
): AsyncGenerator<TunedCandidate, (Position & { readonly met: boolean }) | undefined, undefined> {
  const choices = everything(search.model, 'int8', 'int8 is small, fast and known everywhere')
  let best: (Position & { readonly candidate: TunedCandidate }) | undefined
  for (const base of search.bases) {
    if (!search.hasRoom()) break
    const candidate = await search.attempt(base, choices)
    yield candidate
    if (best === undefined || isCloser(candidate, best.candidate)) best = { base, choices, candidate }
  }
  return best && { base: best.base, choices, met: best.candidate.met }
}

/** By the budget's own measure, and between equals by the noise, which tells more. */
const isCloser = (a: TunedCandidate, b: TunedCandidate): boolean =>
  a.margin > b.margin || (a.margin === b.margin && a.measures.outputSqnrDb > b.measures.outputSqnrDb)

/** More accurate operators, the most sensitive first, as few as keep the budget. */
async function* improved(search: Search, { base, choices }: Position): Candidates {
  const ranked = withUnmeasured(choices, await search.rank(base, int8()))
  let current = choices
  for (const scheme of ['int16x8', 'float'] as const) {
    const trial = (count: number): readonly OperatorChoice[] =>
      withScheme(current, scheme, reasonsFor(ranked.slice(0, count), 'the most sensitive to int8'))
    // Nothing but float operators would be no quantized model.
    const found = yield* fewest(search, base, trial, ranked.length - (scheme === 'float' ? 1 : 0))
    if (found !== undefined) return { base, choices: found }
    current = trial(ranked.length)
  }
  return undefined
}

/** Smaller operators, as many as keep the budget. */
async function* shrunk(search: Search, { base, choices }: Position): Candidates {
  const bytes = weightBytesOf(base)
  const accurate = new Set(choices.filter(({ scheme }) => scheme !== 'int8').map(({ index }) => index))
  const ranked = (await search.rank(base, int4()))
    .filter(({ index }) => (bytes.get(index) ?? 0) > 0 && !accurate.has(index))
    .map((each) => ({ ...each, price: each.noise / bytes.get(each.index)! }))
    .sort((a, b) => a.price - b.price || a.index - b.index)
  // Least first: `count` operators stay int8, the most expensive ones.
  const trial = (count: number): readonly OperatorChoice[] =>
    withScheme(
      choices,
      'int4',
      reasonsFor(ranked.slice(0, ranked.length - count), 'small, and cheap for the bytes it saves'),
    )
  const found = yield* fewest(search, base, trial, ranked.length - 1)
  return found && { base, choices: found }
}

/** The choices of the least count, 0 to `most`, whose candidate keeps the budget, if larger counts keep it, too. */
async function* fewest(
  search: Search,
  base: Base,
  trial: (count: number) => readonly OperatorChoice[],
  most: number,
): AsyncGenerator<TunedCandidate, readonly OperatorChoice[] | undefined, undefined> {
  let [low, high] = [0, most]
  let found: readonly OperatorChoice[] | undefined
  while (low <= high && search.hasRoom()) {
    const middle = Math.floor((low + high) / 2)
    const choices = trial(middle)
    const candidate = await search.attempt(base, choices)
    yield candidate
    if (candidate.met) {
      found = choices
      high = middle - 1
    } else low = middle + 1
  }
  return found
}

/** What a search needs to know of an operator; without a sensitivity for one whose output was not judged, as a final SOFTMAX. */
interface Ranked {
  readonly index: number
  readonly sqnrDb?: number
}

function withUnmeasured(
  choices: readonly OperatorChoice[],
  ranked: readonly OperatorSensitivity[],
): readonly Ranked[] {
  const measured = new Set(ranked.map(({ index }) => index))
  return [...ranked, ...choices.filter(({ index }) => !measured.has(index)).map(({ index }) => ({ index }))]
}

function reasonsFor(all: readonly Ranked[], what: string): ReadonlyMap<number, string> {
  return new Map(
    all.map(({ index, sqnrDb }, at) => {
      const alone = sqnrDb === undefined ? 'not measured' : `${sqnrDb.toFixed(1)} dB on its own`
      return [index, `number ${at + 1} of ${what}: ${alone}`]
    }),
  )
}

/** Bytes of the float weights of each operator that can have int4 ones. */
function weightBytesOf({ model, calibration }: Base): ReadonlyMap<number, number> {
  const { operators = [], tensors = [] } = mainGraph(model)
  const plans =
    int4()
      .plan(model, calibration)
      .subgraphs.find(({ subgraph }) => subgraph === 0)?.operators ?? []
  return new Map(
    plans.map(({ index, inputs }) => {
      const operand = inputs.findIndex((input) => input?.type === 'int4')
      const weights = tensors[operators[index]?.inputs?.[operand] ?? -1]
      return [index, (weights && constantBytes(model, weights)?.byteLength) ?? 0]
    }),
  )
}
