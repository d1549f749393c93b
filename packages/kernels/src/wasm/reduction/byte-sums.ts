import { load, operation, vectorConstant } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { splitEvenly } from '../convolution/split.ts'
import { forEachTap } from './window.ts'
import type { Window } from './window.ts'

/** Elements whose sum fits 16 bits, whatever they are: 256 * -128, or 256 * 255 without a sign. */
const largestPart = 256

const widenings = {
  int8: {
    bytes: 'v128.load8x8_s',
    low: 'i32x4.extend_low_i16x8_s',
    high: 'i32x4.extend_high_i16x8_s',
  },
  uint8: {
    bytes: 'v128.load8x8_u',
    low: 'i32x4.extend_low_i16x8_u',
    high: 'i32x4.extend_high_i16x8_u',
  },
} as const

/** Writes the code that sums a vector of channels over a window; leaves their sums as int32, four to a vector. */
export type EmitSums = (window: Window, from: Local<'i32'>) => readonly Local<'v128'>[]

/** Sums of sixteen channels of bytes: in 16 bits as far as those reach, then in 32. */
export function beginByteSums(f: FunctionBuilder, type: 'int8' | 'uint8'): EmitSums {
  const { bytes, low, high } = widenings[type]
  const halves = [f.local('v128'), f.local('v128')]
  const quads = [0, 1, 2, 3].map(() => f.local('v128'))
  const sumPart = (window: Window, from: Local<'i32'>): void => {
    for (const half of halves) f.set(half, zero)
    forEachTap(f, window, from, (address, offset) =>
      halves.forEach((half, at) =>
        f.set(half, operation('i16x8.add', get(half), load(bytes, address, offset + at * 8))),
      ),
    )
  }
  const widened = (quad: number) => operation(quad % 2 === 0 ? low : high, get(halves[quad >> 1]!))
  return (window, from) => {
    if (window.rows * window.columns <= largestPart) {
      sumPart(window, from)
      quads.forEach((sum, quad) => f.set(sum, widened(quad)))
      return quads
    }
    for (const sum of quads) f.set(sum, zero)
    forEachPart(f, window, from, (part, at) => {
      sumPart(part, at)
      quads.forEach((sum, quad) => f.set(sum, operation('i32x4.add', get(sum), widened(quad))))
    })
    return quads
  }
}

const zero = vectorConstant(new Uint8Array(16))

/** Divides a window into parts of at most {@link largestPart} elements. */
function forEachPart(
  f: FunctionBuilder,
  window: Window,
  from: Local<'i32'>,
  emit: (part: Window, from: Local<'i32'>) => void,
): void {
  const { rows, columns, rowStride, columnStride } = window
  const at = f.local('i32')
  f.set(at, get(from))
  for (const wide of splitEvenly(columns, largestPart)) {
    f.repeat(wide.count, () => {
      for (const high of splitEvenly(rows, Math.floor(largestPart / wide.size))) {
        f.repeat(high.count, () => {
          emit({ ...window, rows: high.size, columns: wide.size }, at)
          f.increase(at, high.size * rowStride)
        })
      }
      f.increase(at, wide.size * columnStride - rows * rowStride)
    })
  }
}
