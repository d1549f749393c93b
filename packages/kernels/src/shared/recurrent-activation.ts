import { activationRange } from '../arithmetic/activation-range.ts'
import { tanh } from '../math/tanh.ts'

/** Replaces float32 values by an activation of them. */
export type Activate = (values: Float32Array) => void

/**
 * The activation of a recurrent operator: `TANH`, or one that only clamps.
 *
 * @throws UnsupportedError for any other.
 */
export function recurrentActivation(activation: string): Activate {
  if (activation === 'TANH') return mapped(tanh)
  const { min, max } = activationRange(activation)
  return mapped((value) => (value < min ? min : value > max ? max : value))
}

/** An activation that is a function of one value. */
export function mapped(compute: (value: number) => number): Activate {
  return (values) => {
    for (let at = 0; at < values.length; at++) values[at] = compute(values[at]!)
  }
}
