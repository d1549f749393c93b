import type { Range } from './observer.ts'

/** What one observer found out about one tensor. */
export interface CalibratedTensor<Result = Range> {
  readonly subgraph: number
  readonly index: number
  readonly name: string
  readonly result: Result
}

/** What one strategy found out about every float tensor of a model; plain data, in tensor order, safe to store as JSON. */
export interface Calibration<Strategy extends string = string, Result = Range> {
  readonly kind: 'calibration'
  /** The key under which the observer was given to `observe`. */
  readonly strategy: Strategy
  /** Name of the observer, with its settings. */
  readonly observer: string
  /** Number of samples seen. */
  readonly samples: number
  readonly tensors: readonly CalibratedTensor<Result>[]
}
