import { elementCount } from '@quantrx/core'
import type { Shape } from '@quantrx/core'

/**
 * An operator that only moves elements, as the places of its outputs in its input: there is one list for each dimension,
 * outermost first, and output element `[i, j, ...]` is input element `offsets[0][i] + offsets[1][j] + ...`.
 *
 * Transposing, slicing, repeating, reversing, mirroring, rearranging blocks and picking the nearest pixel are all of this
 * form. Dimensions that the output does not have stand among the lists with one entry.
 */
export interface ElementWalk {
  /** Shape of the output. */
  readonly shape: Shape
  /** A function, so that a shape can be looked at before anything of its size is made. */
  readonly offsets: () => readonly Int32Array[]
}

/** An array whose entries are moved as they are; an element may be several of them. */
export type Words = Uint8Array | Uint16Array | Uint32Array

/** Distance in memory of neighbours along each dimension of a row-major tensor, in elements. */
export function stridesOf(shape: Shape): readonly number[] {
  return shape.map((_, axis) => elementCount(shape.slice(axis + 1)))
}

/**
 * Offsets along one dimension of `size` outputs.
 *
 * @param positionOf Which position along the dimension of the input an output is taken from; its own by default.
 */
export function axisOffsets(
  size: number,
  stride: number,
  positionOf: (output: number) => number = (output) => output,
): Int32Array {
  return Int32Array.from({ length: size }, (_, output) => positionOf(output) * stride)
}

/** Offsets of the elements of a block, row by row: `counts` of them along each dimension, steps of `stepOf(axis)` apart. */
export function blockOffsets(counts: readonly number[], stepOf: (axis: number) => number): Int32Array {
  return counts.reduce<Int32Array>((outer, count, axis) => {
    const along = axisOffsets(count, stepOf(axis))
    return Int32Array.from(
      { length: outer.length * count },
      (_, at) => outer[Math.floor(at / count)]! + along[at % count]!,
    )
  }, Int32Array.of(0))
}

/**
 * Copies elements as a walk says, the same for every data type.
 *
 * @param wordsPerElement Array entries that make up one element.
 *
 * @example
 * const reverse = copyElements({ shape: [3], offsets: () => [Int32Array.of(2, 1, 0)] })
 * const output = new Uint8Array(3)
 * reverse(Uint8Array.of(7, 8, 9), output) // output is 9, 8, 7
 */
export function copyElements(
  { shape, offsets }: ElementWalk,
  wordsPerElement = 1,
): (input: Words, output: Words) => void {
  // Nothing to copy may still have dimensions that are too long to be listed.
  if (elementCount(shape) === 0) return () => undefined
  const { starts, steps, run } = planRuns(inWords(offsets(), wordsPerElement))
  return (input, output) => {
    let to = 0
    for (const start of starts) {
      for (const step of steps) {
        copyRun(input, start + step, output, to, run)
        to += run
      }
    }
  }
}

/** Shorter runs are copied word by word, which is faster than making a view on them. */
const shortRun = 16

/** Copies `length` words that stand together. */
export function copyRun(input: Words, from: number, output: Words, to: number, length: number): void {
  if (length >= shortRun) output.set(input.subarray(from, from + length), to)
  else for (let word = 0; word < length; word++) output[to + word] = input[from + word]!
}

/** Runs of words that stand together in both tensors, at `start + step` of the input, in order of the output. */
interface Runs {
  readonly starts: Int32Array
  readonly steps: Int32Array
  readonly run: number
}

function inWords(offsets: readonly Int32Array[], wordsPerElement: number): readonly Int32Array[] {
  return [
    ...offsets.map((list) => list.map((offset) => offset * wordsPerElement)),
    axisOffsets(wordsPerElement, 1),
  ]
}

function planRuns(offsets: readonly Int32Array[]): Runs {
  const outer = [...offsets]
  let run = 1
  let base = 0
  while (outer.length > 0 && isContiguous(outer.at(-1)!, run)) {
    const list = outer.pop()!
    base += list[0] ?? 0
    run *= list.length
  }
  const steps = outer.pop() ?? Int32Array.of(0)
  return { starts: run === 0 ? new Int32Array() : outer.reduce(allSums, Int32Array.of(base)), steps, run }
}

const isContiguous = (list: Int32Array, distance: number): boolean =>
  list.every((offset, at) => offset === list[0]! + at * distance)

function allSums(outer: Int32Array, inner: Int32Array): Int32Array {
  const sums = new Int32Array(outer.length * inner.length)
  outer.forEach((start, row) =>
    inner.forEach((offset, at) => (sums[row * inner.length + at] = start + offset)),
  )
  return sums
}
