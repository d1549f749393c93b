import type { Opener, Sample } from '@quantrx/core'
import { agreement, evaluateModel, sqnr, top1 } from '@quantrx/evaluators'
import { entropy, minMax, movingAverage, mse, observe, percentile } from '@quantrx/observers'
import { infer } from '@quantrx/runtime'
import { dynamic, float16, int8, int8PerTensor, quantizeModel } from '@quantrx/schemes'
import type { Candidate } from '@quantrx/schemes'
import { writeModel } from '@quantrx/tflite'
import { from, lastValueFrom, take, toArray } from 'rxjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { correctBiases } from '../bias-correction/correct-biases.ts'
import { exampleNetwork, exampleSamples, opens } from '../graph/example-network.conformance.ts'
import { sweep } from './sweep.ts'
import { sweepModel } from './sweep-model.ts'
import type { SweepPlan, SweptCandidate } from './sweep-model.ts'

const model = exampleNetwork()
const samples = exampleSamples(30)
const testSamples = exampleSamples(12, 2).map((sample) => ({ ...sample, label: sample.index % 5 }))
const test = opens(testSamples)
const observers = {
  ...{ minmax: minMax(), average: movingAverage(), p999: percentile(99.9), p99: percentile(99) },
  ...{ mse: mse(), entropy: entropy() },
}
const schemes = { int8: int8(), 'int8-per-tensor': int8PerTensor(), float16: float16() }

/** Counts how often it is opened, and how many samples are taken from it. */
function counting(all: readonly Sample[]) {
  const reads = { opened: 0, pulled: 0 }
  const open: Opener = async function* (signal) {
    reads.opened++
    for await (const sample of opens(all)(signal)) {
      reads.pulled++
      yield sample
    }
  }
  return { open, reads }
}

async function swept(changes: Partial<SweepPlan>): Promise<readonly SweptCandidate[]> {
  const found: SweptCandidate[] = []
  const plan = { open: opens(samples), test, observers, schemes, ...changes }
  for await (const each of sweepModel(model, plan)) found.push(each)
  return found
}

/** The same candidate, as one makes it by hand. */
async function byHand({ strategy, scheme, samples: count }: SweptCandidate): Promise<Candidate> {
  const only = { [strategy]: observers[strategy as 'minmax'] }
  const calibration = await lastValueFrom(from(samples).pipe(take(count), infer(model), observe(only)))
  return quantizeModel(model, calibration, schemes[scheme as 'int8'])
}

/** Bytes of int8 constants. */
function weightsOf({ model: { subgraphs = [], buffers = [] } }: Candidate) {
  const tensors = subgraphs.flatMap(({ tensors: all = [] }) => all)
  return tensors.flatMap(({ type, buffer }) =>
    type === 'INT8' && buffer !== 0 ? [buffers[buffer]!.data] : [],
  )
}

describe('a sweep', () => {
  const { open, reads } = counting(samples)
  const tests = counting(testSamples)
  let all: readonly SweptCandidate[] = []
  beforeAll(async () => {
    all = await swept({ open, test: tests.open, sampleCounts: [20, 5] })
  })

  it('compares all strategies, schemes and counts', () => {
    const names = [5, 20].flatMap((count) =>
      Object.keys(schemes).flatMap((scheme) =>
        Object.keys(observers).map((strategy) => `${count} ${scheme} ${strategy}`),
      ),
    )
    expect(all.map((each) => `${each.samples} ${each.scheme} ${each.strategy}`)).toEqual(names)
  })

  it('opens the calibration samples once, and takes no more of them than it needs', () => {
    expect(reads).toEqual({ opened: 1, pulled: 20 })
  })

  it('runs the test samples in one pass, after a look at the first', () => {
    expect(tests.reads).toEqual({ opened: 2, pulled: testSamples.length + 1 })
  })

  it('makes and measures what calibrating with each strategy alone comes to', async () => {
    for (const each of all) {
      const alone = await byHand(each)
      expect(Buffer.from(writeModel(each.candidate.model)).equals(writeModel(alone.model))).toBe(true)
      expect(each.bytes).toBe(writeModel(alone.model).byteLength)
      expect(each.observer).toBe(observers[each.strategy as 'mse'].name)
    }
    for (const each of all.slice(0, 6)) {
      const { model: own } = each.candidate
      const metrics = [agreement(), sqnr(), top1()] as const
      const { metrics: found, floatMetrics } = await evaluateModel({
        model: own,
        reference: model,
        open: test,
        metrics,
      })
      const { agreement: agreed, sqnr: outputSqnrDb, top1: share } = found
      expect(each.measures).toEqual({
        agreement: agreed,
        outputSqnrDb,
        top1: share,
        floatTop1: floatMetrics.top1,
      })
      expect([each.testSamples, each.medianMs > 0, each.floatMedianMs > 0]).toEqual([
        testSamples.length,
        true,
        true,
      ])
    }
  })
})

describe('sweepModel', () => {
  it('makes once what is the same, and says so', async () => {
    const found = await swept({ observers: { minmax: minMax(), all: percentile(100), p90: percentile(90) } })
    expect(found.map(({ scheme, strategy, sameAs }) => [scheme, strategy, sameAs])).toEqual([
      ['int8', 'minmax', undefined],
      ['int8', 'all', 0],
      ['int8', 'p90', undefined],
      ['int8-per-tensor', 'minmax', undefined],
      ['int8-per-tensor', 'all', 3],
      ['int8-per-tensor', 'p90', undefined],
      ['float16', 'minmax', undefined],
      ['float16', 'all', 6],
      ['float16', 'p90', 6],
    ])
    expect(found[1]!.candidate).toBe(found[0]!.candidate)
    expect(found[1]!.measures).toEqual(found[0]!.measures)
  })

  it('quantizes weights of a scheme once for all strategies', async () => {
    const found = await swept({
      observers: { minmax: minMax(), p90: percentile(90) },
      schemes: { int8: int8() },
    })
    const [first, second] = found.map(({ candidate }) => weightsOf(candidate))
    expect(first!.length).toBeGreaterThan(0)
    expect(first!.map((each, at) => each === second![at])).toEqual(first!.map(() => true))
    expect(found[1]!.sameAs).toBeUndefined()
  })

  it('corrects biases of each candidate with the samples of its count, which it does not read again', async () => {
    const many = exampleSamples(140)
    const { open, reads } = counting(many)
    const plan = { open, observers: { minmax: minMax() }, schemes: { int8: int8() }, sampleCounts: [9, 140] }
    const found = await swept({ ...plan, biasCorrection: true })
    expect(reads).toEqual({ opened: 1, pulled: 140 })
    for (const each of found) {
      const some = many.slice(0, each.samples)
      const calibration = await lastValueFrom(from(some).pipe(infer(model), observe({ minmax: minMax() })))
      const corrected = await correctBiases(quantizeModel(model, calibration, int8()), opens(some))
      expect(Buffer.from(writeModel(each.candidate.model)).equals(writeModel(corrected.model))).toBe(true)
      expect(each.algorithms).toEqual(['bias-correction'])
    }
  })

  it('leaves out a scheme that cannot take the model, and tells why', async () => {
    const refused: string[] = []
    const found = await swept({
      observers: { minmax: minMax() },
      schemes: { dynamic: dynamic(), int8: int8() },
      onRefusal: (scheme, { message }) => refused.push(`${scheme}: ${message}`),
    })
    expect(found.map(({ scheme }) => scheme)).toEqual(['int8'])
    expect(refused).toEqual([expect.stringContaining('dynamic: [quantize] "model": got no operator')])
    await expect(swept({ schemes: { dynamic: dynamic() }, onRefusal: () => undefined })).rejects.toThrow(
      'got no operator',
    )
    await expect(swept({ schemes: { dynamic: dynamic(), int8: int8() } })).rejects.toThrow('got no operator')
  })

  it('is a stream that can be left early', async () => {
    const plan = { open: opens(samples), test, observers, schemes: { int8: int8() } }
    const found = await lastValueFrom(sweep(model, plan).pipe(take(2), toArray()))
    expect(found.map(({ strategy }) => strategy)).toEqual(['minmax', 'average'])
  })
})

describe('what cannot be swept', () => {
  it.each<[string, Partial<SweepPlan>, string]>([
    [
      'fewer samples than a count',
      { sampleCounts: [10, 50] },
      'got 30 samples for counts of 10, 50, expected at least 50 samples',
    ],
    ['a count of none', { sampleCounts: [0] }, 'got 0, expected whole numbers of 1 or more'],
    ['no samples', { open: opens([]), sampleCounts: [3] }, 'got no samples'],
    ['no test samples', { test: opens([]), observers: { minmax: minMax() } }, 'got no samples'],
    ['no observers', { observers: {} }, '"observers": got none'],
    ['no schemes', { schemes: {} }, '"schemes": got none'],
  ])('%s', async (_, changes, message) => {
    await expect(swept(changes)).rejects.toThrow(message)
  })

  it('ends with the reason when it is aborted', async () => {
    const abort = new AbortController()
    const onProgress: SweepPlan['onProgress'] = ({ kind }) => {
      if (kind === 'evaluating') abort.abort(new Error('enough'))
    }
    await expect(
      swept({ observers: { minmax: minMax() }, signal: abort.signal, onProgress }),
    ).rejects.toThrow('enough')
  })
})
