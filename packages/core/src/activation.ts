import type { Shape } from './tensor.ts'
import type { ValueScan } from './value-scan.ts'

/** Which tensor of a model is meant. Names need not be unique in a model, so `subgraph` and `index` identify it. */
export interface TensorDescription {
  readonly subgraph: number
  readonly index: number
  readonly name: string
  readonly shape: Shape
  /** Dimension of the channels, the last one; absent for a scalar. */
  readonly channelAxis?: number
}

/**
 * One float tensor of one sample: a model input, an intermediate result or a model output.
 *
 * `values` is a view on live memory, valid only during the synchronous call that delivers it. Whoever keeps it copies
 * it; that is what keeps calibration at constant memory.
 */
export interface Activation {
  /** Index of the sample that is being run. */
  readonly sample: number
  readonly tensor: TensorDescription
  readonly values: Float32Array
  /** A fast way to look over `values`, from the owner of their memory; without it, `scanValues(values)` does the same. */
  readonly scan?: ValueScan
}
