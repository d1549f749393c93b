import type { DepthwiseConv2dGeometry } from '../../ops/depthwise-conv-2d/geometry.ts'
import { constant, store } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { hoist } from '../hoist.ts'
import type { BandInput, BandPlan } from './bands.ts'

/** Scratch memory of a kernel with bands: two pairs of rows, and a row of the border. */
export interface BandMemory {
  /** Bytes of a row of the input. */
  readonly rowBytes: number
  /** Bytes of a column of a pair. */
  readonly columnBytes: number
  /** Bytes of a pair, which the other pair and then the border follow. */
  readonly pairBytes: number
  /** Bytes of all. */
  readonly bytes: number
}

/** Lays scratch memory out. */
export function bandMemory(
  { inputWidth, inputChannels }: DepthwiseConv2dGeometry,
  { columns }: BandPlan,
): BandMemory {
  const rowBytes = inputWidth * inputChannels
  const columnBytes = 2 * inputChannels
  const pairBytes = aligned((columns.left + columns.inside + columns.right) * columnBytes)
  return { rowBytes, columnBytes, pairBytes, bytes: 2 * pairBytes + rowBytes }
}

const aligned = (bytes: number): number => Math.ceil(bytes / 16) * 16

/**
 * What stands outside the image is the zero point: in the row of the border as it is, in pairs as these hold it. What is
 * filled beside the borders, as vectors are whole, is written again with the rows.
 */
export function fillBorders(
  f: FunctionBuilder,
  { signed, zeroPoint }: BandInput,
  { columns }: BandPlan,
  { columnBytes, rowBytes, pairBytes }: BandMemory,
  scratch: number,
): void {
  const fill = (from: number, to: number, value: number): void => {
    if (from < to) fillVectors(f, scratch + from, to - from, hoist(f, new Uint8Array(16).fill(value)))
  }
  const inPairs = signed ? zeroPoint ^ 0x80 : zeroPoint
  for (const pair of [0, pairBytes]) {
    fill(pair, pair + aligned(columns.left * columnBytes), inPairs)
    const right = (columns.left + columns.inside) * columnBytes
    if (columns.right > 0) fill(pair + Math.floor(right / 16) * 16, pair + pairBytes, inPairs)
  }
  fill(2 * pairBytes, 2 * pairBytes + rowBytes, zeroPoint)
}

function fillVectors(f: FunctionBuilder, from: number, bytes: number, value: Local<'v128'>): void {
  const pointer = f.local('i32')
  f.set(pointer, constant(from))
  const turn = [4, 2].find((count) => bytes % (count * 16) === 0) ?? 1
  f.repeat(bytes / 16 / turn, () => {
    for (let at = 0; at < turn; at++) f.emit(store('v128.store', get(pointer), get(value), at * 16))
    f.increase(pointer, turn * 16)
  })
}
