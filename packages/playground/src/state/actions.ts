import type { ChosenSamples, Failure, Method, PixelScale, WorkerMessage } from '../worker/messages.ts'
import type { Theme } from './state.ts'

/** Which samples are meant: those that ranges are chosen by, or those that results are measured on. */
export type SampleRole = 'calibration' | 'test'

/** Everything that can happen to the page. */
export type Action =
  | { readonly kind: 'worker-told'; readonly message: WorkerMessage }
  | { readonly kind: 'demo-asked' }
  | { readonly kind: 'demo-failed'; readonly failure: Failure }
  | {
      readonly kind: 'demo-fetched'
      readonly model: File
      readonly calibration: ChosenSamples
      readonly test: ChosenSamples
    }
  | { readonly kind: 'model-chosen'; readonly file: File }
  | { readonly kind: 'samples-chosen'; readonly role: SampleRole; readonly samples: ChosenSamples }
  | { readonly kind: 'test-removed' }
  | { readonly kind: 'pixels-chosen'; readonly pixels: PixelScale }
  | { readonly kind: 'method-chosen'; readonly method: Method }
  | { readonly kind: 'run-asked' }
  | { readonly kind: 'cancel-asked' }
  | { readonly kind: 'outcome-selected'; readonly index: number }
  | { readonly kind: 'export-asked'; readonly what: 'model' | 'wasm' | 'report' }
  | { readonly kind: 'report-made' }
  | { readonly kind: 'export-failed'; readonly failure: Failure }
  | { readonly kind: 'theme-chosen'; readonly theme: Theme }
