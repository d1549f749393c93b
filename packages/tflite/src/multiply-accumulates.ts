import { elementCount } from '@quantrx/core'
import type { Shape } from '@quantrx/core'

/**
 * Multiplications, each with an addition, of one run of an operator with weights; 0 for every other kind.
 *
 * @param weights shape of the second operand.
 *
 * @example
 * multiplyAccumulates('FULLY_CONNECTED', [10, 64], [1, 10]) // 640
 */
export function multiplyAccumulates(kind: string, weights: Shape, output: Shape): number {
  switch (kind) {
    case 'CONV_2D':
    case 'FULLY_CONNECTED':
      return elementCount(output) * elementCount(weights.slice(1))
    case 'CONV_3D':
      return elementCount(output) * elementCount(weights.slice(0, 4))
    case 'DEPTHWISE_CONV_2D':
      return elementCount(output) * elementCount(weights.slice(1, 3))
    default:
      return 0
  }
}
