import type { Scheme } from './scheme.ts'

/** An operator that is not to be quantized, by what it computes. */
export interface FloatChoice {
  readonly subgraph: number
  /** Indices of the tensors that it computes. */
  readonly outputs: readonly number[]
  /** Why, for whoever asks what stayed float. */
  readonly reason: string
}

/**
 * A scheme that leaves some operators float, whatever it does with others of their kind: those that no calibration knows, for
 * instance, since they do not run here.
 *
 * @returns undefined for a scheme that does not choose operator by operator.
 *
 * @example
 * keepFloat(int8(), [{ subgraph: 0, outputs: [17], reason: 'its output is a probability' }])
 */
export function keepFloat(scheme: Scheme, operators: readonly FloatChoice[]): Scheme | undefined {
  return scheme.withRules?.(
    operators.map(({ subgraph, outputs, reason }) => ({
      where: [{ subgraph, outputs }],
      treatment: { kind: 'float', reason },
    })),
  )
}
