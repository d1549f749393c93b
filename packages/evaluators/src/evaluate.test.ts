import type { Opener, ProgressEvent } from '@quantrx/core'
import { lastValueFrom, of } from 'rxjs'
import type { Model } from '@quantrx/tflite'
import { expect, it, vi } from 'vitest'
import { compareLayers } from './compare-layers.ts'
import { evaluate } from './evaluate.ts'
import { evaluateModel } from './evaluate-model.ts'
import { exampleCandidate, exampleModel, exampleSamples } from './example.conformance.ts'
import { agreement } from './metrics/agreement.ts'
import { clippedSqnr } from './metrics/clipped-sqnr.ts'
import { logitsSqnr } from './metrics/logits-sqnr.ts'
import { sqnr } from './metrics/sqnr.ts'
import { top1 } from './metrics/top1.ts'

it('reports on a candidate and on the float model it stems from', async () => {
  const metrics = [top1(), agreement(), sqnr()] as const
  const report = await lastValueFrom(of(exampleCandidate()).pipe(evaluate(exampleSamples(), metrics)))
  expect(report).toMatchObject({
    kind: 'report',
    strategy: 'hand',
    scheme: 'int8',
    samples: 4,
    metrics: { top1: 0.75, agreement: 1 },
    floatMetrics: { top1: 0.75 },
    floatOperators: [],
  })
  expect(report.metrics.sqnr).toBeGreaterThan(30)
  expect(report.metrics.sqnr).toBeLessThan(80)
  expect(report.bytes.before).toBeGreaterThan(300)
})

it('measures before the softmax, where values may leave the calibrated range', async () => {
  const [x, y] = [20, -20]
  const far: Opener = async function* () {
    yield { index: 0, inputs: [{ type: 'float32', shape: [2], data: Float32Array.of(x, y) }] }
  }
  const metrics = [logitsSqnr(), clippedSqnr()] as const
  const { metrics: found } = await lastValueFrom(of(exampleCandidate()).pipe(evaluate(far, metrics)))
  // Ranges end at 4: of 20, 16 are lost.
  expect(found.logitsSqnr).toBeCloseTo(20 * Math.log10(20 / 16), 0)
  expect(found.clippedSqnr).toBeGreaterThan(35)
})

it('opens the data anew for each candidate', async () => {
  let opened = 0
  const counting: Opener = (signal) => {
    opened++
    return exampleSamples()(signal)
  }
  await lastValueFrom(of(exampleCandidate(), exampleCandidate()).pipe(evaluate(counting, [top1()])))
  expect(opened).toBe(2)
})

it('aborts the data when nobody listens any more', async () => {
  let reason: unknown
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  const endless: Opener = async function* (signal) {
    signal.addEventListener('abort', () => (reason = signal.reason))
    open()
    for (;;) {
      yield* exampleSamples()(signal)
      await new Promise((resolve) => setTimeout(resolve))
    }
  }
  const subscription = of(exampleCandidate())
    .pipe(evaluate(endless, [top1()]))
    .subscribe()
  await opened
  subscription.unsubscribe()
  await vi.waitFor(() => expect(String(reason)).toBe('Error: evaluation was unsubscribed'))
})

it('tells how far it is', async () => {
  const events: ProgressEvent[] = []
  const onProgress = (event: ProgressEvent) => events.push(event)
  await lastValueFrom(of(exampleCandidate()).pipe(evaluate(exampleSamples(), [top1()], { onProgress })))
  expect(events.at(-1)).toEqual({ stage: 'evaluate', kind: 'sample', strategy: 'hand', done: 4 })
})

it('refuses labels that are not there before it runs the model', async () => {
  const plan = { model: exampleModel(), open: exampleSamples(false), metrics: [top1()] }
  await expect(evaluateModel(plan)).rejects.toThrow(
    '[evaluate] "sample 0": got no label, expected a label for metric top1. Give labels with the samples',
  )
})

it('refuses metrics that need a float model without one', async () => {
  const plan = { model: exampleModel(), open: exampleSamples(), metrics: [sqnr()] }
  await expect(evaluateModel(plan)).rejects.toThrow(
    '[evaluate] "metric sqnr": got no float model, expected one to compare with',
  )
})

it('refuses to judge nothing', async () => {
  const nothing: Opener = async function* () {
    return
  }
  await expect(evaluateModel({ model: exampleModel(), open: nothing, metrics: [top1()] })).rejects.toThrow(
    'got no samples',
  )
  await expect(compareLayers(exampleModel(), exampleCandidate().model, nothing)).rejects.toThrow(
    'got no samples',
  )
})

it('names the sample that the model cannot run', async () => {
  const odd: Opener = async function* () {
    yield { index: 17, label: 0, inputs: [{ type: 'float32', shape: [3], data: new Float32Array(3) }] }
  }
  await expect(evaluateModel({ model: exampleModel(), open: odd, metrics: [top1()] })).rejects.toThrow(
    /^\[evaluate\] "sample 17": got a failure of the model: .*a sample of shape \[3\]/,
  )
})

it('compares layer by layer, matched by output name', async () => {
  const { samples, layers, unmatched } = await compareLayers(
    exampleModel(),
    exampleCandidate().model,
    exampleSamples(),
  )
  expect(samples).toBe(4)
  expect(layers.map(({ index, name, kind }) => [index, name, kind])).toEqual([
    [0, 'logits', 'FULLY_CONNECTED'],
    [1, 'y', 'SOFTMAX'],
  ])
  expect(layers[0]?.maxAbs).toBeLessThan(0.1)
  expect(layers[0]?.sqnrDb).toBeGreaterThan(30)
  expect(unmatched).toEqual([])
})

it('lists layers without a counterpart', async () => {
  const renamed = exampleModel()
  const [graph] = renamed.subgraphs ?? []
  const tensors = graph!.tensors!.map((tensor) => ({ ...tensor, name: `other ${tensor.name ?? ''}` }))
  const other = { ...renamed, subgraphs: [{ ...graph!, tensors }] }
  const { layers, unmatched } = await compareLayers(exampleModel(), other, exampleSamples())
  expect(layers).toEqual([])
  expect(unmatched.map(({ name }) => name)).toEqual(['logits', 'y'])
})

it('matches layers in their order where tensors have no names, and never one with another', async () => {
  const nameless = (model: Model): Model => ({
    ...model,
    subgraphs: model.subgraphs!.map((graph) => ({
      ...graph,
      tensors: graph.tensors!.map(({ name: _, ...tensor }) => tensor),
    })),
  })
  const { layers } = await compareLayers(nameless(exampleModel()), exampleModel(), exampleSamples())
  expect(layers).toEqual([])
  const same = await compareLayers(nameless(exampleModel()), nameless(exampleModel()), exampleSamples())
  expect(same.layers.map(({ index, maxAbs }) => [index, maxAbs])).toEqual([
    [0, 0],
    [1, 0],
  ])
})

it('gives the float model real numbers where the samples are stored integers', async () => {
  const { source } = exampleCandidate()
  const integer = exampleCandidate().model
  const [graph] = integer.subgraphs ?? []
  const stored = {
    ...integer,
    subgraphs: [
      { ...graph!, inputs: [graph!.operators![0]!.outputs![0]!], operators: graph!.operators!.slice(1) },
    ],
  }

  const open: Opener = async function* () {
    yield { index: 0, inputs: [{ type: 'int8', shape: [2], data: Int8Array.of(100, -100) }] }
  }
  const { metrics } = await evaluateModel({
    model: stored,
    reference: source,
    open,
    metrics: [agreement(), sqnr()],
  })
  expect(metrics.agreement).toBe(1)
  expect(metrics.sqnr).toBeGreaterThan(30)
})

it('refuses NaN, naming the sample', async () => {
  const open: Opener = async function* () {
    yield { index: 5, label: 0, inputs: [{ type: 'float32', shape: [2], data: Float32Array.of(1, NaN) }] }
  }
  const message = '[evaluate] "sample 5, input 0": got NaN at position 1, expected finite values'
  await expect(evaluateModel({ model: exampleModel(), open, metrics: [top1()] })).rejects.toThrow(message)
  await expect(compareLayers(exampleModel(), exampleCandidate().model, open)).rejects.toThrow(message)
})
