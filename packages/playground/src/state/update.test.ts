import type { ModelDescription } from '@quantrx/cli/browser'
import { expect, it } from 'vitest'
import type { ChosenSamples, Failure, Method, Outcome, WorkerMessage } from '../worker/messages.ts'
import type { Action } from './actions.ts'
import { canRun, nextStep, presetOf, requestOf, shownLayers, shownOutcome } from './questions.ts'
import { initialState } from './state.ts'
import type { State } from './state.ts'
import { update } from './update.ts'

const file = new File(['model'], 'model.tflite')
const own: ChosenSamples = { name: 'own.npy', files: [] }
const demo: ChosenSamples = { name: 'demo', files: [], shipped: true }
const description = { inputs: [] } as unknown as ModelDescription
const failure: Failure = { subject: 'a', found: 'b', expected: 'c' }
const layer = { name: 'conv', kind: 'CONV_2D', shape: [1], seen: { min: 0, max: 1 }, bars: [1] }
const outcomeOf = (name: string) => ({ layers: [{ ...layer, name }] }) as unknown as Outcome
const told = (message: WorkerMessage): Action => ({ kind: 'worker-told', message })
const after = (...actions: readonly Action[]): State => actions.reduce(update, initialState)

const ready: readonly Action[] = [
  { kind: 'model-chosen', file },
  told({ kind: 'inspected', description }),
  { kind: 'samples-chosen', role: 'calibration', samples: own },
]
const running: readonly Action[] = [...ready, { kind: 'run-asked' }]

it('leads from the model to the samples to the method', () => {
  expect([0, 1, 2, 3].map((count) => nextStep(after(...ready.slice(0, count))))).toEqual([
    ...['model', 'model', 'samples', 'method'],
  ])
})

it('runs once model and samples are there, one run at a time', () => {
  expect(canRun(after(...ready.slice(0, 2)))).toBe(false)
  expect(after(...ready.slice(0, 2), { kind: 'run-asked' }).run.kind).toBe('idle')
  expect(canRun(after(...ready))).toBe(true)
  expect(canRun(after(...running))).toBe(false)
  expect(requestOf(after(...ready))).toEqual({
    ...{ model: file, calibration: own, pixels: 'published', method: initialState.method },
  })
})

it('shows layers as they are observed and keeps them while later steps run', () => {
  const seen = after(...running, told({ kind: 'progress', step: 'calibrate', done: 3, layers: [layer] }))
  expect(shownLayers(seen)).toEqual([layer])
  const later = update(seen, told({ kind: 'progress', step: 'gptq', done: 5, total: 9 }))
  expect(later.run).toMatchObject({ step: 'gptq', done: 5, total: 9, layers: [layer] })
})

it('looks at the latest result, and at another on demand', () => {
  const finish = (name: string) => told({ kind: 'finished', outcome: outcomeOf(name) })
  const two = after(...running, finish('first'), { kind: 'run-asked' }, finish('second'))
  expect(shownOutcome(two)?.layers[0]?.name).toBe('second')
  expect(shownLayers(update(two, { kind: 'outcome-selected', index: 0 }))[0]?.name).toBe('first')
})

it('forgets what comes from a run that was cancelled', () => {
  const cancelled = after(...running, { kind: 'cancel-asked' })
  const late = update(cancelled, told({ kind: 'progress', step: 'measure', done: 9 }))
  expect(late.run).toEqual({ kind: 'cancelled' })
  expect(canRun(late)).toBe(true)
})

it('refuses to run on samples that cannot be read, until others are chosen', () => {
  const unreadable = after(...ready, told({ kind: 'failed', during: 'preview', failure }))
  expect([canRun(unreadable), nextStep(unreadable)]).toEqual([false, 'samples'])
  const others = update(unreadable, { kind: 'samples-chosen', role: 'calibration', samples: own })
  expect(canRun(others)).toBe(true)
  const late = told({ kind: 'previewed', samples: [] })
  expect(after(...ready, { kind: 'model-chosen', file }, late).preview.kind).toBe('none')
})

it('says why a model, a run or an export failed, each in its place', () => {
  const refused = after({ kind: 'model-chosen', file }, told({ kind: 'failed', during: 'inspect', failure }))
  expect(refused.model).toEqual({ kind: 'refused', file, failure })
  expect(after(...running, told({ kind: 'failed', during: 'quantize', failure })).run).toEqual({
    ...{ kind: 'failed', failure },
  })
  const asked: Action = { kind: 'export-asked', what: 'wasm' }
  expect(after(...ready, asked, told({ kind: 'failed', during: 'compile', failure })).exporting).toEqual({
    ...{ kind: 'failed', failure },
  })
})

it('drops results of another model, and samples of the demo with its model', () => {
  const fetched: Action = { kind: 'demo-fetched', model: file, calibration: demo, test: demo }
  expect(after(fetched)).toMatchObject({ calibration: demo, test: demo })
  expect(after(fetched, { kind: 'model-chosen', file })).toMatchObject({
    ...{ calibration: undefined, test: undefined },
  })
  expect(after(fetched, { kind: 'samples-chosen', role: 'calibration', samples: own })).toMatchObject({
    ...{ calibration: own, test: undefined },
  })
  const finished = after(...running, told({ kind: 'finished', outcome: outcomeOf('one') }))
  const changed = update(finished, { kind: 'model-chosen', file })
  expect(changed).toMatchObject({ outcomes: [], calibration: own, run: { kind: 'idle' } })
})

it('knows a preset by its parts, in whatever order', () => {
  const method: Method = { scheme: 'int8', observer: 'mse', algorithms: ['gptq', 'equalize'] }
  const preset = { ...method, name: 'best', purpose: '', algorithms: ['equalize', 'gptq'] as const }
  const catalog = { schemes: [], observers: [], algorithms: [], presets: [preset] }
  const state = after(told({ kind: 'ready', catalog }))
  expect(presetOf(state, method)?.name).toBe('best')
  expect(presetOf(state, { ...method, algorithms: ['gptq'] })).toBeUndefined()
})
