import { render } from 'lit/html.js'
import { asSamples, filesOfDrop, isModel } from './files/chosen-files.ts'
import { effects } from './effects.ts'
import type { Action } from './state/actions.ts'
import { initialState } from './state/state.ts'
import type { State } from './state/state.ts'
import { update } from './state/update.ts'
import { keptTheme } from './theme.ts'
import { page } from './views/page.ts'
import { startPipeline } from './worker/start-worker.ts'

/** Starts the page: every action changes the state, the state is drawn at most once a frame, and effects follow. */
export function startApp(root: HTMLElement): void {
  let state: State = initialState
  let waiting = false
  const draw = (): void => {
    waiting = false
    render(page(state, act), root)
  }
  const act = (action: Action): void => {
    const before = state
    state = update(before, action)
    if (!waiting) requestAnimationFrame(draw)
    waiting = true
    effect(action, state, before)
  }
  const pipeline = startPipeline((message) => act({ kind: 'worker-told', message }))
  const effect = effects(pipeline, act)
  takeDrops(act, () => state.run.kind === 'running')
  act({ kind: 'theme-chosen', theme: keptTheme() })
}

/** Files may be dropped anywhere: models by their extension, everything else as samples. */
function takeDrops(act: (action: Action) => void, busy: () => boolean): void {
  addEventListener('dragover', (event) => event.preventDefault())
  addEventListener('drop', (event) => {
    event.preventDefault()
    if (event.dataTransfer === null || busy()) return
    void filesOfDrop(event.dataTransfer).then((files) => {
      const model = files.find(isModel)
      const others = files.filter((file) => !isModel(file))
      if (model !== undefined) act({ kind: 'model-chosen', file: model.file })
      if (others.length > 0) act({ kind: 'samples-chosen', role: 'calibration', samples: asSamples(others) })
    })
  })
}
