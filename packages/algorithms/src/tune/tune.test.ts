import { minMax } from '@quantrx/observers'
import { writeModel } from '@quantrx/tflite'
import { recipe } from '@quantrx/schemes'
import { lastValueFrom, take, toArray } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { exampleNetwork, exampleSamples, opens } from '../graph/example-network.conformance.ts'
import { margin, parseBudget } from './budget.ts'
import { tune } from './tune.ts'
import { bestCandidate, tuneModel } from './tune-model.ts'
import type { TunedCandidate, TunePlan } from './tune-model.ts'

describe('a budget', () => {
  it.each([
    ['agreement>=90%', { kind: 'agreement', least: 0.9 }],
    ['agreement>=0.9', { kind: 'agreement', least: 0.9 }],
    ['agreement:90', { kind: 'agreement', least: 0.9 }],
    ['sqnr >= 25.5 dB', { kind: 'sqnr', least: 25.5 }],
    ['sqnr=1', { kind: 'sqnr', least: 1 }],
    ['top1-drop<=2%', { kind: 'top1-drop', most: 0.02 }],
    ['top1-drop:0.02', { kind: 'top1-drop', most: 0.02 }],
  ])('is read from %s', (text, budget) => {
    expect(parseBudget(text)).toEqual(budget)
  })

  it.each([
    '',
    'agreement',
    'agreement<=90%',
    'agreement>=190',
    'top1-drop>=2%',
    'sqnr>=9%',
    'agreement>=9dB',
    'size<=9',
  ])('is not %j', (text) => {
    expect(() => parseBudget(text)).toThrow('expected agreement>=90%, sqnr>=25dB or top1-drop<=2%')
  })

  const measures = { agreement: 0.95, outputSqnrDb: 20, top1: 0.5, floatTop1: 0.51 }
  it.each([
    ['agreement>=90%', 0.05],
    ['sqnr>=25', -5],
    ['top1-drop<=2%', 0.01],
  ])('of %s leaves %d', (text, left) => {
    expect(margin(parseBudget(text), measures)).toBeCloseTo(left, 12)
  })

  it('of top-1 needs labels', () => {
    expect(() => margin(parseBudget('top1-drop<=2%'), { agreement: 1, outputSqnrDb: 9 })).toThrow(
      'expected labels',
    )
  })
})

const model = exampleNetwork('RELU6')
const planFor = (budget: string, changes: Partial<TunePlan> = {}): TunePlan => ({
  ...{ open: opens(exampleSamples(16)), test: opens(exampleSamples(32, 2)), budget: parseBudget(budget) },
  ...{ objective: 'size', observers: { minmax: minMax() } },
  ...changes,
})

async function search(plan: TunePlan): Promise<readonly TunedCandidate[]> {
  const all: TunedCandidate[] = []
  for await (const candidate of tuneModel(model, plan)) all.push(candidate)
  return all
}

const schemesOf = ({ choices }: TunedCandidate): readonly string[] => choices.map(({ scheme }) => scheme)

describe('the search', () => {
  it('makes weights smaller while that keeps the budget, and says why', async () => {
    const all = await search(planFor('sqnr>=15'))
    const best = bestCandidate(all, 'size')!
    expect(best.met).toBe(true)
    expect(best.bytes).toBeLessThan(all[0]!.bytes)
    expect(schemesOf(best)).toContain('int4')
    expect(best.choices.find(({ scheme }) => scheme === 'int4')?.why).toMatch(
      /^number \d of small, .* dB on its own$/,
    )
    expect(all.filter(({ met }) => met).every(({ bytes }) => bytes >= best.bytes)).toBe(true)
  })

  it('makes operators more accurate where int8 is not enough, as few as will do', async () => {
    const [base] = await search(planFor('sqnr>=1', { evaluations: 1 }))
    const wanted = base!.measures.outputSqnrDb + 8
    const all = await search(planFor(`sqnr>=${wanted.toFixed(3)}`, { objective: 'latency' }))
    const best = bestCandidate(all, 'latency')!
    expect(best.met).toBe(true)
    expect(schemesOf(best)).toContain('int16x8')
    expect(schemesOf(best)).not.toContain('int4')
  })

  it('gives the best there is where nothing keeps the budget', async () => {
    const all = await search(planFor('sqnr>=300'))
    const best = bestCandidate(all, 'size')!
    expect(best.met).toBe(false)
    expect(all.every(({ margin: own }) => own <= best.margin)).toBe(true)
  })

  it('never evaluates more candidates than allowed, and numbers them', async () => {
    const all = await search(planFor('sqnr>=300', { evaluations: 3 }))
    expect(all.map(({ evaluation }) => evaluation)).toEqual([1, 2, 3])
  })

  it('gives the same candidates again, as a stream that can be left early', async () => {
    const plan = planFor('sqnr>=15')
    const all = await search(plan)
    const some = await lastValueFrom(tune(model, plan).pipe(take(3), toArray()))
    expect(
      some.map((each) =>
        Buffer.from(writeModel(each.model)).equals(writeModel(all[each.evaluation - 1]!.model)),
      ),
    ).toEqual([true, true, true])
  })

  it('gives recipes that can be read again', async () => {
    const best = bestCandidate(await search(planFor('sqnr>=15')), 'size')!
    expect(recipe(JSON.parse(JSON.stringify(best.recipe))).name).toBe('tuned')
  })
})
