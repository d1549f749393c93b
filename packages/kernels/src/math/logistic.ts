import { exp } from './exp.ts'

/**
 * 1 / (1 + e^-x) in float64, within 2 units in the last place where e^-x is finite, the same bits on every engine.
 *
 * @example
 * logistic(0) // 0.5
 */
export function logistic(x: number): number {
  return 1 / (1 + exp(-x))
}
