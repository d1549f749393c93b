import { ModelFormatError } from '@quantrx/core'
import type { Table, Tensor } from '../types.ts'

type Dimension = Table<'DimensionMetadata'>

/** One level of a sparse tensor, in the order in which it is traversed. */
interface Level {
  /** Dimension that it counts, those of the tensor first and those within blocks behind them. */
  readonly dimension: number
  /** Size of a dense level. */
  readonly size?: number
  /** Where the entries of each position of the level before begin, and the index of each entry. */
  readonly segments?: readonly number[]
  readonly indices?: readonly number[]
}

/** Largest tensor that is filled with zeros around its values. */
const maximumBytes = 2 ** 31

/**
 * The elements of a sparse tensor with its zeros: dense and compressed (CSR) levels, blocks included, as
 * `SparsityParameters` of the schema describe them (after Chou et al., "Format abstraction for sparse tensor algebra
 * compilers", 2018).
 *
 * @param bytesPerElement of the stored values, whole bytes.
 * @throws ModelFormatError when the description does not fit the tensor or its values.
 */
export function denseBytes(
  { name = '', shape = [], sparsity }: Pick<Tensor, 'name' | 'shape' | 'sparsity'>,
  values: Uint8Array,
  bytesPerElement: number,
): Uint8Array {
  const { traversalOrder = [], blockMap = [], dimMetadata = [] } = sparsity ?? {}
  const bytes = shape.reduce((product, size) => product * size, bytesPerElement)
  const levels = traversalOrder.map((dimension, at) => levelOf(dimension, dimMetadata[at]))
  const blockSizes = blockMap.map(
    (_, block) => levels.find(({ dimension }) => dimension === shape.length + block)?.size ?? 0,
  )
  const complete =
    levels.length === shape.length + blockMap.length &&
    levels.every((level) => level.size !== undefined || level.indices !== undefined) &&
    new Set(traversalOrder).size === levels.length &&
    traversalOrder.every((dimension) => dimension >= 0 && dimension < levels.length) &&
    shape.every((size) => size >= 0) &&
    blockMap.every((dimension, block) => dimension >= 0 && dimension < shape.length && blockSizes[block]! > 0)
  if (!complete || !(bytes <= maximumBytes)) throw unreadable(name, 'levels that do not describe its shape')
  const dense = new Uint8Array(bytes)
  const position = levels.map(() => 0)
  const most = (levels.length + 1) * (bytes / bytesPerElement + 1)
  let visited = 0
  visit(0, 0)
  return dense

  function visit(depth: number, entry: number): void {
    // Every element is visited once at most, at each level: hostile ones would never end.
    if (++visited > most) throw unreadable(name, 'more elements than its shape has')
    const level = levels[depth]
    if (level === undefined) {
      place(entry)
      return
    }
    const [from, to] =
      level.size === undefined
        ? [level.segments?.[entry] ?? 0, level.segments?.[entry + 1] ?? 0]
        : [0, level.size]
    for (let at = from; at < to; at++) {
      position[level.dimension] = level.size === undefined ? (level.indices?.[at] ?? -1) : at
      visit(depth + 1, level.size === undefined ? at : entry * level.size + at)
    }
  }

  function place(entry: number): void {
    let index = 0
    for (let dimension = 0; dimension < shape.length; dimension++) {
      let at = position[dimension]!
      blockMap.forEach((blocked, block) => {
        if (blocked === dimension) at = at * blockSizes[block]! + position[shape.length + block]!
      })
      if (at < 0 || at >= shape[dimension]!)
        throw unreadable(name, `an element at ${at} of dimension ${dimension}`)
      index = index * shape[dimension]! + at
    }
    const from = entry * bytesPerElement
    if (from + bytesPerElement > values.length) throw unreadable(name, `${values.length} bytes of values`)
    dense.set(values.subarray(from, from + bytesPerElement), index * bytesPerElement)
  }
}

function levelOf(dimension: number, metadata: Dimension | undefined): Level {
  if (metadata?.format === 'DENSE') return { dimension, size: metadata.denseSize }
  const segments = metadata?.arraySegments?.values
  const indices = metadata?.arrayIndices?.values
  if (metadata?.format !== 'SPARSE_CSR' || segments === undefined || indices === undefined)
    return { dimension }
  return { dimension, segments: Array.from(segments), indices: Array.from(indices) }
}

function unreadable(name: string, found: string): ModelFormatError {
  return new ModelFormatError({
    stage: 'model',
    subject: `sparse tensor "${name}"`,
    found,
    expected: 'levels and values that fit its shape',
  })
}
