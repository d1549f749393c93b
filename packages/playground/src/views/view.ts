import type { TemplateResult } from 'lit/html.js'
import type { Action } from '../state/actions.ts'
import type { State } from '../state/state.ts'

/** Tells the page what the reader did. */
export type Act = (action: Action) => void

/** A part of the page: what it shows of the state, and what can be done there. */
export type View = (state: State, act: Act) => TemplateResult
