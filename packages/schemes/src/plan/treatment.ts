/** How many weights share a scale: those of an output channel, all, or runs of `size` elements in the innermost dimension. */
export type Granularity =
  | { readonly kind: 'channel' }
  | { readonly kind: 'tensor' }
  | { readonly kind: 'block'; readonly size: number }

/** Integers that stand for weights, symmetric around 0. */
export interface IntegerWeights {
  /** Where an operator has no kernel for 4 bits, it gets 8. */
  readonly bits: 8 | 4
  readonly granularity: Granularity
  /** Which integer a weight becomes: the nearest one by default, or nearly that, so that errors cancel. */
  readonly rounding?: Rounding
}

/** How weights are rounded; see `balanceRounding`. */
export type Rounding = 'nearest' | 'balanced'

/** Type of the activations of an integer operator: int8 asymmetric, int16 symmetric. */
export type ActivationType = 'int8' | 'int16'

/**
 * What is to become of one operator; a scheme is a choice of these for every operator of a model.
 *
 * - `integer`: integer activations and weights, which needs calibrated ranges.
 * - `hybrid`: float32 activations that the kernel itself quantizes, integer weights.
 * - `stored`: everything computes in float32; constants are stored smaller and a DEQUANTIZE stands in front of the operator.
 * - `float`: nothing changes.
 */
export type Treatment =
  | { readonly kind: 'integer'; readonly activations: ActivationType; readonly weights: IntegerWeights }
  | { readonly kind: 'hybrid'; readonly weights: IntegerWeights; readonly minimumElements: number }
  | {
      readonly kind: 'stored'
      /** float16 for all constants, integers for weights only. */
      readonly weights: 'float16' | IntegerWeights
      /** Smaller constants stay float32. */
      readonly minimumElements: number
    }
  | { readonly kind: 'float'; readonly reason: string }

/** One scale for each output channel, 8 bits: what kernels of all ages and the most accurate results have in common. */
export const int8PerChannel: IntegerWeights = { bits: 8, granularity: { kind: 'channel' } }
