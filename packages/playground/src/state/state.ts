import type { ModelDescription } from '@quantrx/cli/browser'
import type {
  Catalog,
  ChosenSamples,
  Failure,
  Method,
  ObservedLayer,
  Outcome,
  PixelScale,
  PreviewedSample,
  Step,
} from '../worker/messages.ts'

/** The model that somebody chose, from the choice to the description or the reason why not. */
export type ModelState =
  | { readonly kind: 'none' }
  | { readonly kind: 'reading'; readonly file: File }
  | { readonly kind: 'ready'; readonly file: File; readonly description: ModelDescription }
  | { readonly kind: 'refused'; readonly file: File; readonly failure: Failure }

/** The first samples that ranges are chosen by, or why they cannot be read. */
export type PreviewState =
  | { readonly kind: 'none' }
  | { readonly kind: 'ready'; readonly samples: readonly PreviewedSample[] }
  | { readonly kind: 'failed'; readonly failure: Failure }

/** What the worker is at, or what became of it last. */
export type RunState =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'running'
      readonly step: Step
      readonly done: number
      readonly total?: number
      readonly layers: readonly ObservedLayer[]
    }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly failure: Failure }

/** What a file besides the model is made of: it is being made, cannot be, or is not asked for. */
export type ExportState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'making'; readonly what: 'wasm' | 'report' }
  | { readonly kind: 'failed'; readonly failure: Failure }

/** Colors of the page. */
export type Theme = 'system' | 'light' | 'dark'

/** Everything that the page shows, as plain data. */
export interface State {
  /** Missing until the worker has started. */
  readonly catalog: Catalog | undefined
  /** True while the files of the demo are fetched. */
  readonly fetchingDemo: boolean
  readonly model: ModelState
  readonly calibration: ChosenSamples | undefined
  readonly preview: PreviewState
  readonly test: ChosenSamples | undefined
  readonly pixels: PixelScale
  readonly method: Method
  readonly run: RunState
  readonly exporting: ExportState
  /** Of this model, in the order in which they were made. */
  readonly outcomes: readonly Outcome[]
  /** Which of them is looked at. */
  readonly selected: number
  readonly theme: Theme
}

/** The page before anything was done. */
export const initialState: State = {
  ...{ catalog: undefined, fetchingDemo: false, model: { kind: 'none' }, run: { kind: 'idle' } },
  preview: { kind: 'none' },
  ...{ calibration: undefined, test: undefined, pixels: 'published', exporting: { kind: 'idle' } },
  method: { scheme: 'int8', observer: 'minmax', algorithms: ['bias-correction'] },
  ...{ outcomes: [], selected: 0, theme: 'system' },
}
