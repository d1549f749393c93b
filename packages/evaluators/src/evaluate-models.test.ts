import type { Calibration, Opener } from '@quantrx/core'
import { int16x8, quantizeModel } from '@quantrx/schemes'
import { expect, it } from 'vitest'
import { evaluateModel } from './evaluate-model.ts'
import { evaluateModels } from './evaluate-models.ts'
import { exampleCandidate, exampleModel, exampleSamples } from './example.conformance.ts'
import { agreement } from './metrics/agreement.ts'
import { clippedSqnr } from './metrics/clipped-sqnr.ts'
import { logitsSqnr } from './metrics/logits-sqnr.ts'
import { sqnr } from './metrics/sqnr.ts'
import { top1 } from './metrics/top1.ts'

const reference = exampleModel()
const narrow: Calibration = {
  kind: 'calibration',
  ...{ strategy: 'narrow', observer: 'hand', samples: 1 },
  tensors: ([0, 2, 3] as const).map((index) => ({
    subgraph: 0,
    index,
    name: { 0: 'x', 2: 'logits', 3: 'y' }[index],
    result: { min: -1, max: 1 },
  })),
}
const models = [exampleCandidate().model, quantizeModel(reference, narrow, int16x8()).model, reference]
const metrics = [top1(), agreement(), sqnr(), logitsSqnr(), clippedSqnr()] as const

it('finds of each model what an evaluation of it alone does, and reads the samples once', async () => {
  let opened = 0
  const counting: Opener = (signal) => {
    opened++
    return exampleSamples()(signal)
  }
  const together = await evaluateModels({ models, reference, open: counting, metrics })
  expect(opened).toBe(1)
  for (const [at, model] of models.entries()) {
    expect(together[at]).toEqual(await evaluateModel({ model, reference, open: exampleSamples(), metrics }))
  }
  expect(together[0]!.metrics.sqnr).toBeLessThan(together[2]!.metrics.sqnr)
})

it('fails without samples, and for those that lack a label', async () => {
  const none: Opener = async function* (signal) {
    for await (const sample of exampleSamples()(signal)) if (sample.index < 0) yield sample
  }
  await expect(evaluateModels({ models, reference, open: none, metrics: [sqnr()] })).rejects.toThrow(
    'got no samples',
  )
  const bare: Opener = async function* (signal) {
    for await (const { label: _, ...sample } of exampleSamples()(signal)) yield sample
  }
  await expect(evaluateModels({ models, reference, open: bare, metrics })).rejects.toThrow('got no label')
})

it('ends with the reason when it is aborted', async () => {
  const abort = new AbortController()
  const onSample = (): void => abort.abort(new Error('enough'))
  const plan = {
    models,
    reference,
    open: exampleSamples(),
    metrics: [sqnr()],
    signal: abort.signal,
    onSample,
  }
  await expect(evaluateModels(plan)).rejects.toThrow('enough')
})
