/** A step of dot products: four sums, sixteen unsigned inputs, sixteen signed weights, and the sums afterwards. */
export interface DotCase {
  readonly sums: Int32Array
  readonly input: Uint8Array
  readonly weights: Int8Array
  readonly expected: Int32Array
}

/** Bytes of input where an instruction gives itself away that saturates sums of pairs or takes only seven bits of the input. */
export const extremeInputs: readonly number[] = [255, 255, 128, 127, 0, 254, 1]
/** The same of weights. */
export const extremeWeights: readonly number[] = [127, -128, 127, -128, -127, 1, -1]

/**
 * A case of extreme bytes, where an instruction that saturates sums of pairs or takes only seven bits of the input gives itself
 * away.
 *
 * @param seed 0 or more; each gives another mix.
 */
export function dotCase(seed: number): DotCase {
  const pick = (values: readonly number[], at: number, period: number): number =>
    values[(seed >> (at % period)) % values.length]!
  const input = Uint8Array.from({ length: 16 }, (_, at) => pick(extremeInputs, at, 7))
  const weights = Int8Array.from({ length: 16 }, (_, at) => pick(extremeWeights, at, 5))
  const sums = Int32Array.from({ length: 4 }, (_, lane) => lane * 1000003 * (seed & 1 ? 1 : -1))
  return { sums, input, weights, expected: sums.map((sum, lane) => sum + laneProduct(input, weights, lane)) }
}

function laneProduct(input: Uint8Array, weights: Int8Array, lane: number): number {
  let sum = 0
  for (let at = lane * 4; at < lane * 4 + 4; at++) sum += input[at]! * weights[at]!
  return sum
}
