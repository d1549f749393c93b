import type { Metric } from '@quantrx/core'
import type { Candidate } from '@quantrx/schemes'

/** Results by metric name, as the metrics' own types say. */
export type Results<Metrics extends readonly Metric<unknown, unknown>[]> = {
  readonly [M in Metrics[number] as M['name']]: M extends Metric<unknown, infer Result> ? Result : never
}

/** How one candidate did; plain data. */
export interface Report<Strategy extends string = string, Values = Readonly<Record<string, unknown>>> {
  readonly kind: 'report'
  readonly strategy: Strategy
  readonly scheme: string
  readonly observer: string
  /** Number of samples evaluated. */
  readonly samples: number
  /** Size of the model files, in bytes. */
  readonly bytes: { readonly before: number; readonly after: number }
  readonly metrics: Values
  /** The float model's own results, for the metrics that compare with nothing. */
  readonly floatMetrics: Partial<Values>
  readonly floatOperators: Candidate['floatOperators']
}
