import type { Method, NamedMethod, ObservedLayer, Outcome, QuantizeRequest } from '../worker/messages.ts'
import type { State } from './state.ts'

/** True where there is everything that a quantization needs, and none is being made. */
export const canRun = (state: State): boolean =>
  requestOf(state) !== undefined && state.run.kind !== 'running'

/** What the worker is to be asked for, once model and samples are chosen. */
export function requestOf(state: State): QuantizeRequest | undefined {
  const { model, calibration, test, preview, ...choices } = state
  if (model.kind !== 'ready' || calibration === undefined || preview.kind === 'failed') return undefined
  const { pixels, method } = choices
  return { model: model.file, calibration, ...(test === undefined ? {} : { test }), pixels, method }
}

/** The result that is looked at. */
export const shownOutcome = ({ outcomes, selected }: State): Outcome | undefined => outcomes[selected]

/** The activations that are drawn: of the run that is under way, or of the result that is looked at. */
export function shownLayers(state: State): readonly ObservedLayer[] {
  if (state.run.kind === 'running') return state.run.layers
  return shownOutcome(state)?.layers ?? []
}

/** The preset that a method is, if it is one. */
export function presetOf({ catalog }: State, method: Method): NamedMethod | undefined {
  return catalog?.presets.find(
    ({ scheme, observer, algorithms }) =>
      scheme === method.scheme &&
      observer === method.observer &&
      String([...algorithms].sort()) === String([...method.algorithms].sort()),
  )
}

/** The step of the flow that comes next: where the reader should look. */
export function nextStep(state: State): 'model' | 'samples' | 'method' {
  if (state.model.kind !== 'ready') return 'model'
  return state.calibration === undefined || state.preview.kind === 'failed' ? 'samples' : 'method'
}
