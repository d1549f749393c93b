import type { Weights } from './convolution/pack-weights.ts'

const [least, most] = [-128, 127]

/** True for weights that a byte does not hold: a zero point has moved them. */
export const exceedsByte = (weight: number): boolean => weight < least || weight > most

/** True for weights that are the sum of two bytes. */
export const twoBytesHold = (weight: number): boolean => weight >= 2 * least && weight <= 2 * most

/** The byte next to a weight. */
export const nearestByte = (weight: number): number => Math.min(most, Math.max(least, weight))

/** The bytes next to weights, at the start of an array of some length. */
export function nearestBytes(weights: Weights, length = weights.length): Int8Array {
  const bytes = new Int8Array(length)
  for (let at = 0; at < weights.length; at++) bytes[at] = nearestByte(weights[at]!)
  return bytes
}
