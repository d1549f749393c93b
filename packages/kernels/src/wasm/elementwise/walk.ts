import type { BroadcastRows } from '../../shared/broadcast.ts'
import { spanOf } from '../share.ts'
import type { Share } from '../share.ts'
import { shareElements } from './operator.ts'

/** How often what lies inside is repeated, and how far each operand moves on, in elements. */
export interface Repetition {
  readonly count: number
  readonly strides: readonly number[]
}

/** The order in which operands are read; outputs are written one after the other. */
export interface Walk {
  /** Elements of a row. */
  readonly length: number
  /** For each operand 1 if it moves within a row, 0 if one element of it serves a whole row. */
  readonly steps: readonly (0 | 1)[]
  /** What repeats the row, from the innermost outwards. */
  readonly outer: readonly Repetition[]
}

/** A walk over a part of the elements, and where it starts, in elements. */
export interface WalkPart {
  readonly walk: Walk
  readonly operandsAt: readonly number[]
  readonly outputAt: number
}

/** The walk over one operand and its output. */
export function unaryWalk(length: number): Walk {
  return { length, steps: [1], outer: [] }
}

/** The walk over two operands that are broadcast. */
export function broadcastWalk({ length, aStep, bStep, outer }: BroadcastRows): Walk {
  return {
    length,
    steps: [aStep === 0 ? 0 : 1, bStep === 0 ? 0 : 1],
    outer: outer.map(({ size, aStride, bStride }) => ({ count: size, strides: [aStride, bStride] })),
  }
}

/** The part of a walk that belongs to a share: some of its outermost repetitions, or a stretch of its only row. */
export function shareOfWalk(walk: Walk, share?: Share): WalkPart {
  const outermost = walk.outer.at(-1)
  if (outermost === undefined) {
    const { from, to } = spanOf(walk.length, share, shareElements)
    const operandsAt = walk.steps.map((step) => step * from)
    return { walk: { ...walk, length: to - from }, operandsAt, outputAt: from }
  }
  const { from, to } = spanOf(outermost.count, share)
  const inner = walk.outer.slice(0, -1)
  return {
    walk: { ...walk, outer: [...inner, { ...outermost, count: to - from }] },
    operandsAt: outermost.strides.map((stride) => stride * from),
    outputAt: inner.reduce((elements, { count }) => elements * count, walk.length) * from,
  }
}
