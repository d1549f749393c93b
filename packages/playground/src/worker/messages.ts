import type { AlgorithmName } from '@quantrx/algorithms'
import type { ModelDescription } from '@quantrx/cli/browser'
import type { Range } from '@quantrx/core'
import type { ReportDocument } from '@quantrx/report'

/** A file that somebody chose; `path` has `/` between folders, without the chosen folder itself. */
export interface ChosenFile {
  readonly path: string
  readonly file: File
}

/** Samples as files: one file of many samples, or a folder of one sample each. */
export interface ChosenSamples {
  /** What the page calls them. */
  readonly name: string
  readonly files: readonly ChosenFile[]
  /** True for those that come with the page. */
  readonly shipped?: boolean
}

/** What pixels of images become before the model sees them. */
export type PixelScale = 'published' | 'bytes' | 'unit' | 'symmetric'

/** How to quantize. */
export interface Method {
  /** Name of a scheme, or of the recipe of a preset. */
  readonly scheme: string
  /** Name of an observer. */
  readonly observer: string
  readonly algorithms: readonly AlgorithmName[]
}

/** A method with a name that the library brings along. */
export interface NamedMethod extends Method {
  readonly name: string
  readonly purpose: string
}

/** What there is to choose from. */
export interface Catalog {
  readonly schemes: readonly string[]
  readonly observers: readonly string[]
  readonly algorithms: readonly AlgorithmName[]
  readonly presets: readonly NamedMethod[]
}

/** What the page asks the worker for; one thing at a time. */
export type WorkerRequest =
  | { readonly kind: 'inspect'; readonly model: File }
  | { readonly kind: 'preview'; readonly model: File; readonly samples: ChosenSamples }
  | ({ readonly kind: 'quantize' } & QuantizeRequest)
  | { readonly kind: 'compile'; readonly name: string; readonly model: Uint8Array }

/** Everything that decides a result. */
export interface QuantizeRequest {
  readonly model: File
  readonly calibration: ChosenSamples
  /** Samples to measure on; those of the calibration without. */
  readonly test?: ChosenSamples
  readonly pixels: PixelScale
  readonly method: Method
}

/** A sample before anything is done with it. */
export interface PreviewedSample {
  /** Shape and type of the first input. */
  readonly tensor: string
  readonly name: string
  readonly label?: number
  /** What the model's metadata calls the class. */
  readonly className?: string
  /** Address of a picture, where the input has the shape of one. */
  readonly picture?: string
}

/** Parts of a quantization, in the order in which they are done. */
export type Step = 'calibrate' | AlgorithmName | 'measure'

/** An activation while and after it is observed. */
export interface ObservedLayer {
  readonly name: string
  /** Kind of the operator that writes it, or `INPUT`. */
  readonly kind: string
  readonly shape: readonly number[]
  readonly seen: Range
  /** Heights from 0 to 1 of bars of one width over `seen`. */
  readonly bars: readonly number[]
}

/** What came of a quantization. */
export interface Outcome {
  readonly method: Method
  readonly document: ReportDocument
  /** The bytes of the integer model. */
  readonly model: Uint8Array
  readonly layers: readonly ObservedLayer[]
  readonly notes: readonly string[]
  readonly seconds: number
}

/** An error as data, for a page that shows its parts one by one. */
export interface Failure {
  readonly subject: string
  readonly found: string
  readonly expected: string
  readonly nextStep?: string
}

/** What the worker tells the page. */
export type WorkerMessage =
  | { readonly kind: 'ready'; readonly catalog: Catalog }
  | { readonly kind: 'inspected'; readonly description: ModelDescription }
  | { readonly kind: 'previewed'; readonly samples: readonly PreviewedSample[] }
  | ({ readonly kind: 'progress' } & RunProgress)
  | { readonly kind: 'finished'; readonly outcome: Outcome }
  | { readonly kind: 'compiled'; readonly name: string; readonly bytes: Uint8Array }
  | { readonly kind: 'failed'; readonly during: WorkerRequest['kind']; readonly failure: Failure }

/** How far a quantization has come. */
export interface RunProgress {
  readonly step: Step
  /** Samples, operators or candidates that are done. */
  readonly done: number
  /** Of how many; samples are not counted before. */
  readonly total?: number
  /** While calibrating. */
  readonly layers?: readonly ObservedLayer[]
}
