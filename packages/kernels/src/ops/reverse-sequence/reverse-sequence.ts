import { DataError, elementCount } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { copyRun, stridesOf } from '../../shared/element-walk.ts'
import type { Words } from '../../shared/element-walk.ts'

/** Along which dimensions sequences lie. */
export interface ReverseSequenceParameters {
  readonly shape: Shape
  /** Along which a sequence is reversed, from 0 to rank - 1. */
  readonly sequenceAxis: number
  /** Along which each position is a sequence with a length of its own; not `sequenceAxis`. */
  readonly batchAxis: number
}

/**
 * REVERSE_SEQUENCE: the first elements of each sequence in reverse order, as many as its length says, and the others as they are.
 *
 * @throws DataError, when it runs, for a length below 0 or beyond the dimension.
 */
export function reverseSequence(
  { shape, sequenceAxis, batchAxis }: ReverseSequenceParameters,
  wordsPerElement: number,
): (input: Words, lengths: ArrayLike<number | bigint>, output: Words) => void {
  const strides = stridesOf(shape)
  const [stride, batchStride] = [strides[sequenceAxis]!, strides[batchAxis]!]
  const [size, batches] = [shape[sequenceAxis]!, shape[batchAxis]!]
  const run = Math.min(stride, batchStride)
  const count = elementCount(shape)
  return (input, lengths, output) => {
    const counts = Array.from(lengths, (length) => checkedLength(length, size))
    for (let at = 0; at < count; at += run) {
      const position = Math.floor(at / stride) % size
      const length = counts[Math.floor(at / batchStride) % batches]!
      const from = position < length ? at + (length - 1 - 2 * position) * stride : at
      copyRun(input, from * wordsPerElement, output, at * wordsPerElement, run * wordsPerElement)
    }
  }
}

function checkedLength(length: number | bigint, size: number): number {
  const count = Number(length)
  if (count >= 0 && count <= size) return count
  throw new DataError({
    stage: 'kernels',
    subject: 'REVERSE_SEQUENCE',
    found: `a sequence of length ${length}`,
    expected: `one from 0 to ${size}`,
  })
}
