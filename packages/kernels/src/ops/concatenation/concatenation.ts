import { elementCount } from '@quantrx/core'
import type { Shape } from '@quantrx/core'

/** What is joined, and where. */
export interface ConcatenationParameters {
  /** Alike except along `axis`. */
  readonly inputShapes: readonly Shape[]
  /** From 0 to rank - 1. */
  readonly axis: number
  readonly bytesPerElement: number
}

/**
 * CONCATENATION as a copy of bytes, the same for every data type and rank.
 *
 * @example
 * const concatenate = concatenateBytes({ inputShapes: [[2, 1], [2, 2]], axis: 1, bytesPerElement: 1 })
 * const output = new Uint8Array(6)
 * concatenate([Uint8Array.of(1, 2), Uint8Array.of(3, 4, 5, 6)], output) // output is 1, 3, 4, 2, 5, 6
 */
export function concatenateBytes(
  parameters: ConcatenationParameters,
): (inputs: readonly Uint8Array[], output: Uint8Array) => void {
  const { inputShapes, axis, bytesPerElement } = parameters
  const outer = elementCount(inputShapes[0]?.slice(0, axis) ?? [])
  const blocks = inputShapes.map((shape) => elementCount(shape.slice(axis)) * bytesPerElement)
  const stride = blocks.reduce((total, block) => total + block, 0)
  return (inputs, output) => {
    let column = 0
    inputs.forEach((input, index) => {
      const block = blocks[index]!
      for (let row = 0; row < outer; row++) {
        output.set(input.subarray(row * block, (row + 1) * block), row * stride + column)
      }
      column += block
    })
  }
}
