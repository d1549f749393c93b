import type { ActivationRange } from '../../arithmetic/activation-range.ts'
import type { Arithmetic } from '../../arithmetic/arithmetic.ts'
import type { ReductionGeometry } from '../../shared/reduction.ts'

/** What an integer MEAN needs besides its input. */
export interface MeanIntegerParameters {
  readonly arithmetic: Arithmetic
  readonly geometry: ReductionGeometry
  readonly inputScale: number
  readonly inputZeroPoint: number
  readonly outputScale: number
  readonly outputZeroPoint: number
  readonly range: ActivationRange
}
