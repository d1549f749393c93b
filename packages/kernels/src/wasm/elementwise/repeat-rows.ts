import { constant, copyMemory } from '../assembler/expression.ts'
import type { FunctionBuilder } from '../assembler/function-builder.ts'
import { spanOf } from '../share.ts'
import type { Share } from '../share.ts'
import { shareElements } from './operator.ts'
import type { Walk, WalkPart } from './walk.ts'

/** A walk over short rows of which one operand has only one: channels that are the same at every position. */
export interface RepeatedRow {
  readonly operand: number
  readonly length: number
  /** Copies of the row that make rows of whole vectors, if there are as many rows. */
  readonly copies: number
  readonly rows: number
}

/** Longer rows do not notice their incomplete block at the end. */
const longestRow = 128

/** The repeated row of a walk over two operands, where copies of it in memory make long rows of short ones; otherwise undefined. */
export function repeatedRow({ length, steps, outer }: Walk): RepeatedRow | undefined {
  const [rows, ...others] = outer
  if (rows === undefined || others.length > 0 || steps.length !== 2 || steps.includes(0)) return undefined
  if (length > longestRow || length % shareElements === 0) return undefined
  const operand = rows.strides.indexOf(0)
  const wholeVectors = shareElements / powerOfTwoIn(length)
  return operand === -1
    ? undefined
    : { operand, length, copies: Math.min(wholeVectors, rows.count), rows: rows.count }
}

/** Largest power of two that divides a number. */
const powerOfTwoIn = (value: number): number => value & -value

/** Writes the copies, with copies of copies. */
export function emitCopies(
  f: FunctionBuilder,
  { length, copies }: RepeatedRow,
  elementBytes: number,
  from: number,
  to: number,
): void {
  const rowBytes = length * elementBytes
  const copy = (target: number, source: number, bytes: number): void =>
    f.emit(copyMemory(constant(target), constant(source), constant(bytes)))
  copy(to, from, rowBytes)
  for (let done = 1; done < copies;) {
    const count = Math.min(done, copies - done)
    copy(to + done * rowBytes, to, count * rowBytes)
    done += count
  }
}

/** The walks over long rows that replace a share of the walk over short ones: complete rows, and what remains. */
export function longRows({ operand, length, copies, rows }: RepeatedRow, share?: Share): readonly WalkPart[] {
  const { from, to } = spanOf(rows, share, copies)
  const complete = Math.floor((to - from) / copies)
  const long = length * copies
  const strides = [0, 1].map((each) => (each === operand ? 0 : long))
  const startingAt = (row: number, walk: Walk): WalkPart => ({
    walk,
    operandsAt: [0, 1].map((each) => (each === operand ? 0 : row * length)),
    outputAt: row * length,
  })
  const rest = (to - from - complete * copies) * length
  return [
    startingAt(from, { length: long, steps: [1, 1], outer: [{ count: complete, strides }] }),
    startingAt(from + complete * copies, { length: rest, steps: [1, 1], outer: [] }),
  ]
}
