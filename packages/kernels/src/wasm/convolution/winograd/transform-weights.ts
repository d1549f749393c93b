/** Rows of 2·G: the transform of three weights to four, doubled so that it stays in integers. */
const doubled = [
  [2, 0, 0],
  [1, 1, 1],
  [1, -1, 1],
  [0, 0, 2],
] as const

/** Numbers of a transformed window of weights or inputs: four rows of four. */
export const transformedElements = 16

/**
 * Four times the transformed weights of a 3×3 convolution, `2G · g · (2G)ᵀ` (Lavin and Gray, "Fast Algorithms for
 * Convolutional Neural Networks", 2015, section 4.1); integers, at most nine times the largest weight.
 *
 * @param filter `[outputChannels, 3, 3, inputChannels]`
 * @returns for each of the 16 elements, row by row, `[outputChannels, inputChannels]`.
 */
export function transformWeights(
  filter: Int16Array,
  outputChannels: number,
  inputChannels: number,
): Int16Array {
  const transformed = new Int16Array(transformedElements * outputChannels * inputChannels)
  const window = new Float64Array(9)
  for (let output = 0; output < outputChannels; output++) {
    for (let input = 0; input < inputChannels; input++) {
      for (let at = 0; at < 9; at++) window[at] = filter[(output * 9 + at) * inputChannels + input]!
      for (let element = 0; element < transformedElements; element++) {
        const at = (element * outputChannels + output) * inputChannels + input
        transformed[at] = transformedAt(window, element >> 2, element & 3)
      }
    }
  }
  return transformed
}

function transformedAt(window: Float64Array, row: number, column: number): number {
  let sum = 0
  doubled[row]!.forEach((a, i) =>
    doubled[column]!.forEach((b, j) => {
      sum += a * b * window[i * 3 + j]!
    }),
  )
  return sum
}
