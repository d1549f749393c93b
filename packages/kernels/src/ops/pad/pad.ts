import { elementCount } from '@quantrx/core'
import type { Shape } from '@quantrx/core'

/** Where a tensor stands in a larger one. */
export interface PadParameters {
  readonly inputShape: Shape
  /** Elements added before and after the input, for each dimension. */
  readonly before: readonly number[]
  readonly after: readonly number[]
  readonly bytesPerElement: number
  /** What every byte of the padding is: 0 for the number 0, the zero point of an 8-bit type. */
  readonly fillByte: number
}

/**
 * PAD as a copy of bytes, the same for every data type and rank.
 *
 * @example
 * const pad = padBytes({ inputShape: [2], before: [1], after: [2], bytesPerElement: 1, fillByte: 9 })
 * const output = new Uint8Array(5)
 * pad(Uint8Array.of(1, 2), output) // output is 9, 1, 2, 9, 9
 */
export function padBytes(parameters: PadParameters): (input: Uint8Array, output: Uint8Array) => void {
  const place = placeBytes(parameters)
  return (input, output) => {
    output.fill(parameters.fillByte)
    place(input, output)
  }
}

/** Copies a tensor to where it stands in a larger one, whose other bytes stay as they are. */
export function placeBytes(
  parameters: Omit<PadParameters, 'fillByte'>,
): (input: Uint8Array, output: Uint8Array) => void {
  const { inputShape, bytesPerElement } = parameters
  // Nothing to copy may still have dimensions that are too long to be listed.
  if (elementCount(inputShape) === 0) return () => undefined
  const rowBytes = (inputShape.at(-1) ?? 1) * bytesPerElement
  const rows = elementCount(inputShape.slice(0, -1))
  const starts = rowStarts(parameters).map((start) => start * bytesPerElement)
  return (input, output) => {
    for (let row = 0; row < rows; row++) {
      output.set(input.subarray(row * rowBytes, (row + 1) * rowBytes), starts[row])
    }
  }
}

/** Position in the output, in elements, of each row of the input. */
function rowStarts({ inputShape, before, after }: Omit<PadParameters, 'fillByte'>): readonly number[] {
  let starts = [0]
  inputShape.forEach((size, axis) => {
    const padded = before[axis]! + size + after[axis]!
    const isRow = axis === inputShape.length - 1
    const positions = isRow ? [0] : Array.from({ length: size }, (_, position) => position)
    starts = starts.flatMap((start) => positions.map((position) => start * padded + before[axis]! + position))
  })
  return starts
}
