import { ShapeError, formatShape } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { axisOffsets, stridesOf } from '../../shared/element-walk.ts'
import type { ElementWalk } from '../../shared/element-walk.ts'

/** What STRIDED_SLICE takes: Python's `tensor[begin:end:stride, ...]`. */
export interface StridedSliceParameters {
  readonly begin: readonly number[]
  readonly end: readonly number[]
  readonly strides: readonly number[]
  /** Bit `i` of a mask is about entry `i`: begin, or end, left open. */
  readonly beginMask: number
  readonly endMask: number
  /** The entry is `...`, all dimensions that no other entry names. */
  readonly ellipsisMask: number
  /** The entry is a new dimension of size 1. */
  readonly newAxisMask: number
  /** The entry is a single index, and its dimension goes. */
  readonly shrinkAxisMask: number
  /** True when ends are counted from their begins. */
  readonly offset: boolean
}

/** How one dimension of the input is walked; a `dropped` one is not part of the output shape. */
interface AxisRange {
  readonly from: number
  readonly stride: number
  readonly count: number
  readonly dropped: boolean
}

/**
 * STRIDED_SLICE with all its masks, as TensorFlow Lite resolves them.
 *
 * @throws ShapeError for a stride of 0, entries that do not fit together, more entries than dimensions, or an index outside.
 *
 * @example
 * stridedSliceWalk([4, 3], { ...noMasks, begin: [0, -1], end: [4, -4], strides: [2, -1] }).shape // [2, 3]
 */
export function stridedSliceWalk(shape: Shape, parameters: StridedSliceParameters): ElementWalk {
  const strides = stridesOf(shape)
  const output: number[] = []
  const offsets: (() => Int32Array)[] = []
  let axis = 0
  const take = ({ from, stride, count, dropped }: AxisRange): void => {
    if (!dropped) output.push(count)
    const distance = strides[axis]!
    offsets.push(() => axisOffsets(count, distance, (position) => from + position * stride))
    axis++
  }
  const takeAll = (until: number): void => {
    while (axis < until) take({ from: 0, stride: 1, count: shape[axis]!, dropped: false })
  }
  const entries = checkedEntries(shape, parameters)
  entries.forEach((kind, entry) => {
    const later = entries.slice(entry + 1).filter((each) => each === 'range').length
    if (kind === 'ellipsis') takeAll(shape.length - later)
    else if (kind === 'new axis') output.push(1)
    else take(resolveRange(shape, axis, parameters, entry))
  })
  takeAll(shape.length)
  return { shape: output, offsets: () => offsets.map((list) => list()) }
}

const hasBit = (mask: number, entry: number): boolean => ((mask >> entry) & 1) === 1

type Entry = 'range' | 'new axis' | 'ellipsis'

function checkedEntries(shape: Shape, parameters: StridedSliceParameters): readonly Entry[] {
  const { begin, end, strides, ellipsisMask, newAxisMask } = parameters
  const entries = begin.map((_, entry): Entry => {
    if (hasBit(ellipsisMask, entry)) return 'ellipsis'
    return hasBit(newAxisMask, entry) ? 'new axis' : 'range'
  })
  const ranges = entries.filter((each) => each === 'range').length
  const ellipses = entries.filter((each) => each === 'ellipsis').length
  const alike = end.length === begin.length && strides.length === begin.length
  if (alike && ranges <= shape.length && ellipses <= 1 && !strides.includes(0)) return entries
  throw new ShapeError({
    stage: 'kernels',
    subject: 'STRIDED_SLICE',
    found: `begin ${formatShape(begin)}, end ${formatShape(end)} and strides ${formatShape(strides)} of ${formatShape(shape)}`,
    expected:
      'as many of each, strides other than 0, no more of them than dimensions, and one ellipsis at most',
  })
}

function resolveRange(
  shape: Shape,
  axis: number,
  parameters: StridedSliceParameters,
  entry: number,
): AxisRange {
  const size = shape[axis]!
  const stride = parameters.strides[entry]!
  const [lowest, highest] = stride > 0 ? [0, size] : [-1, size - 1]
  const limited = (index: number): number =>
    Math.min(Math.max(index < 0 ? index + size : index, lowest), highest)
  const open = stride > 0 ? lowest : highest
  const from = hasBit(parameters.beginMask, entry) ? open : limited(parameters.begin[entry]!)
  if (hasBit(parameters.shrinkAxisMask, entry)) {
    if (from < 0 || from >= size) throw outside(shape, axis, parameters.begin[entry]!)
    return { from, stride, count: 1, dropped: true }
  }
  const end = parameters.end[entry]! + (parameters.offset ? from : 0)
  const openEnd = stride > 0 ? highest : lowest
  const until = hasBit(parameters.endMask, entry) ? openEnd : limited(end)
  return { from, stride, count: Math.max(Math.ceil((until - from) / stride), 0), dropped: false }
}

function outside(shape: Shape, axis: number, index: number): ShapeError {
  return new ShapeError({
    stage: 'kernels',
    subject: 'STRIDED_SLICE',
    found: `index ${index} along dimension ${axis} of ${formatShape(shape)}`,
    expected: 'one within the dimension',
  })
}
