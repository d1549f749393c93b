import { fetchDemo } from './files/demo.ts'
import { save } from './files/save.ts'
import type { Action } from './state/actions.ts'
import { requestOf, shownOutcome } from './state/questions.ts'
import type { State } from './state/state.ts'
import { applyTheme } from './theme.ts'
import { failureOf } from './worker/failure.ts'
import type { Outcome, WorkerMessage } from './worker/messages.ts'
import type { Pipeline } from './worker/start-worker.ts'

/** What an action does besides changing the state; gets the state after it and before it. */
export type Effect = (action: Action, state: State, before: State) => void

/** Effects on the worker, on the page and on the reader's disk. */
export function effects(pipeline: Pipeline, act: (action: Action) => void): Effect {
  // The demo shows everything at once: it does not stop before the last step.
  let runWhenReady = false
  return (action, state, before) => {
    preview(pipeline, state, before)
    switch (action.kind) {
      case 'demo-asked':
        fetchDemo().then(
          (files) => act({ kind: 'demo-fetched', ...files }),
          (error: unknown) => act({ kind: 'demo-failed', failure: failureOf(error) }),
        )
        break
      case 'demo-fetched':
        runWhenReady = true
        pipeline.ask({ kind: 'inspect', model: action.model })
        break
      case 'model-chosen':
        runWhenReady = false
        pipeline.ask({ kind: 'inspect', model: action.file })
        break
      case 'run-asked':
        if (state !== before) start(pipeline, state)
        break
      case 'cancel-asked':
        if (state !== before) pipeline.restart()
        break
      case 'export-asked':
        void exported(pipeline, action.what, state, act)
        break
      case 'theme-chosen':
        applyTheme(action.theme)
        break
      case 'worker-told':
        if (action.message.kind === 'inspected' && runWhenReady) act({ kind: 'run-asked' })
        if (action.message.kind === 'inspected') runWhenReady = false
        saveCompiled(action.message)
    }
  }
}

/** As soon as model and samples are there: only the model says what files become. */
function preview(pipeline: Pipeline, { model, calibration }: State, before: State): void {
  if (model.kind !== 'ready' || calibration === undefined) return
  if (model !== before.model || calibration !== before.calibration)
    pipeline.ask({ kind: 'preview', model: model.file, samples: calibration })
}

function start(pipeline: Pipeline, state: State): void {
  const request = requestOf(state)
  if (request === undefined) return
  pipeline.ask({ kind: 'quantize', ...request })
  document.getElementById('outcome')?.scrollIntoView({ block: 'start' })
}

async function exported(
  pipeline: Pipeline,
  what: 'model' | 'wasm' | 'report',
  state: State,
  act: (action: Action) => void,
): Promise<void> {
  const outcome = shownOutcome(state)
  if (outcome === undefined) return
  const { name } = outcome.document.result
  if (what === 'model') save(name, outcome.model, 'application/octet-stream')
  else if (what === 'wasm')
    pipeline.ask({ kind: 'compile', name: name.replace(/\.tflite$/, '.wasm'), model: outcome.model })
  else await saveReport(outcome, act)
}

async function saveReport({ document }: Outcome, act: (action: Action) => void): Promise<void> {
  try {
    const { renderReport } = await import('./files/report-page.ts')
    save(document.result.name.replace(/\.tflite$/, '.html'), renderReport(document), 'text/html')
    act({ kind: 'report-made' })
  } catch (error) {
    act({ kind: 'export-failed', failure: failureOf(error) })
  }
}

function saveCompiled(message: WorkerMessage): void {
  if (message.kind === 'compiled') save(message.name, message.bytes, 'application/wasm')
}
