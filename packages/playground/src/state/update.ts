import type { WorkerMessage } from '../worker/messages.ts'
import type { Action, SampleRole } from './actions.ts'
import { canRun } from './questions.ts'
import type { PreviewState, State } from './state.ts'

/** The state after something happened. Pure: what has to be done besides, `effects` does. */
export function update(state: State, action: Action): State {
  switch (action.kind) {
    case 'worker-told':
      return told(state, action.message)
    case 'demo-asked':
      return { ...state, fetchingDemo: true }
    case 'demo-failed':
      return { ...state, fetchingDemo: false, run: { kind: 'failed', failure: action.failure } }
    case 'demo-fetched': {
      const { model, calibration, test } = action
      return { ...withModel(state, model), fetchingDemo: false, calibration, test }
    }
    case 'model-chosen':
      return withModel(state, action.file)
    case 'samples-chosen':
      return withSamples(state, action.role, action.samples)
    case 'test-removed':
      return { ...state, test: undefined }
    case 'pixels-chosen':
      return { ...state, pixels: action.pixels }
    case 'method-chosen':
      return { ...state, method: action.method }
    case 'run-asked':
      if (!canRun(state)) return state
      return { ...state, run: { kind: 'running', step: 'calibrate', done: 0, layers: [] } }
    case 'cancel-asked':
      return state.run.kind === 'running' ? { ...state, run: { kind: 'cancelled' } } : state
    case 'outcome-selected':
      return { ...state, selected: action.index, exporting: { kind: 'idle' } }
    case 'export-asked': {
      if (action.what === 'model') return state
      return { ...state, exporting: { kind: 'making', what: action.what } }
    }
    case 'report-made':
      return { ...state, exporting: { kind: 'idle' } }
    case 'export-failed':
      return { ...state, exporting: { kind: 'failed', failure: action.failure } }
    case 'theme-chosen':
      return { ...state, theme: action.theme }
  }
}

/** Results are those of one model; the demo's samples fit no other. */
function withModel(state: State, file: File): State {
  const { calibration, test } = state
  return {
    ...state,
    model: { kind: 'reading', file },
    calibration: calibration?.shipped === true ? undefined : calibration,
    test: test?.shipped === true ? undefined : test,
    preview: { kind: 'none' },
    ...{ outcomes: [], selected: 0, run: { kind: 'idle' }, exporting: { kind: 'idle' } },
  }
}

function withSamples(state: State, role: SampleRole, samples: State['calibration']): State {
  const foreignTest = role === 'calibration' && state.test?.shipped === true
  const ofTest = foreignTest ? { test: undefined } : {}
  if (role === 'test') return { ...state, test: samples }
  return { ...state, ...ofTest, calibration: samples, preview: { kind: 'none' } }
}

function told(state: State, message: WorkerMessage): State {
  switch (message.kind) {
    case 'ready':
      return { ...state, catalog: message.catalog }
    case 'inspected': {
      if (state.model.kind !== 'reading') return state
      const { file } = state.model
      return { ...state, model: { kind: 'ready', file, description: message.description } }
    }
    case 'previewed':
      return previewed(state, { kind: 'ready', samples: message.samples })
    case 'progress': {
      if (state.run.kind !== 'running') return state
      const { step, done, total, layers = state.run.layers } = message
      const of = total === undefined ? {} : { total }
      return { ...state, run: { kind: 'running', step, done, ...of, layers } }
    }
    case 'finished': {
      const outcomes = [...state.outcomes, message.outcome]
      return { ...state, run: { kind: 'idle' }, outcomes, selected: outcomes.length - 1 }
    }
    case 'compiled':
      return { ...state, exporting: { kind: 'idle' } }
    case 'failed':
      return failed(state, message)
  }
}

/** Only of what is still chosen: another model asks for another preview. */
function previewed(state: State, preview: PreviewState): State {
  return state.model.kind === 'ready' && state.calibration !== undefined ? { ...state, preview } : state
}

function failed(state: State, { during, failure }: WorkerMessage & { readonly kind: 'failed' }): State {
  if (during === 'compile') return { ...state, exporting: { kind: 'failed', failure } }
  if (during === 'preview') return previewed(state, { kind: 'failed', failure })
  if (during === 'quantize') return { ...state, run: { kind: 'failed', failure } }
  if (state.model.kind !== 'reading') return state
  return { ...state, model: { kind: 'refused', file: state.model.file, failure } }
}
