import { smallestL2Norm } from '../../ops/l2-normalization/float32.ts'
import { constant, float32, float64, load, operation, shuffle } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { storeBytes } from '../epilogue/store-bytes.ts'
import type { GeneratedKernel } from '../kernel.ts'
import { spanOf } from '../share.ts'
import type { Share } from '../share.ts'

/** Rows whose sums are computed side by side: each element of a row waits for the one before it. */
const sumsTogether = 4

/**
 * L2_NORMALIZATION of rows of `depth` float32, equal to `l2NormalizationFloat32` bit for bit.
 *
 * @param share The part of the rows that is computed.
 * @returns undefined for empty tensors.
 */
export function l2NormalizationFloat32Kernel(
  depth: number,
  rows: number,
  share?: Share,
): GeneratedKernel | undefined {
  if (rows * depth === 0) return undefined
  const { from: first, to: end } = spanOf(rows, share)
  return {
    name: 'float32',
    constants: [],
    scratchBytes: 0,
    emit(f, { inputs: [input = 0], output }) {
      const [from, to] = [f.local('i32'), f.local('i32')]
      f.set(from, constant(input + first * depth * 4))
      f.set(to, constant(output + first * depth * 4))
      const sums = Array.from({ length: sumsTogether }, () => f.local('f32'))
      const divide = beginDivision(f, depth)
      const several = (count: number): void => {
        const used = sums.slice(0, count)
        emitSumsOfSquares(f, depth, from, used)
        for (const sum of used) divide(from, to, sum)
      }
      f.repeat(Math.floor((end - first) / sumsTogether), () => several(sumsTogether))
      several((end - first) % sumsTogether)
    },
  }
}

/** Sums the squares of rows that follow each other; products and additions in float64, each sum rounded to float32. */
function emitSumsOfSquares(
  f: FunctionBuilder,
  depth: number,
  from: Local<'i32'>,
  sums: readonly Local<'f32'>[],
): void {
  if (sums.length === 0) return
  const [at, element] = [f.local('i32'), f.local('f64')]
  f.set(at, get(from))
  for (const sum of sums) f.set(sum, float32(0))
  f.repeat(depth, () => {
    sums.forEach((sum, row) => {
      f.set(element, operation('f64.promote_f32', load('f32.load', get(at), row * depth * 4)))
      const square = operation('f64.mul', get(element), get(element))
      const wide = operation('f64.add', operation('f64.promote_f32', get(sum)), square)
      f.set(sum, operation('f32.demote_f64', wide))
    })
    f.increase(at, 4)
  })
}

const upperHalf = [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15]
const bothLowerHalves = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23]

/** Writes the code that divides a row by the root of its sum, in float64, and moves both pointers to the next one. */
function beginDivision(f: FunctionBuilder, depth: number) {
  const [norm, values] = [f.local('v128'), f.local('v128')]
  return (from: Local<'i32'>, to: Local<'i32'>, sum: Local<'f32'>): void => {
    const root = operation('f64.promote_f32', operation('f32.sqrt', get(sum)))
    f.set(norm, operation('f64x2.splat', operation('f64.max', root, float64(smallestL2Norm))))
    const quotients = (two: ReturnType<typeof shuffle>) =>
      operation(
        'f32x4.demote_f64x2_zero',
        operation('f64x2.div', operation('f64x2.promote_low_f32x4', two), get(norm)),
      )
    const block = (elements: number): void => {
      f.set(values, load('v128.load', get(from)))
      const upper = quotients(shuffle(get(values), get(values), upperHalf))
      f.set(values, shuffle(quotients(get(values)), upper, bothLowerHalves))
      storeBytes(f, values, 0, elements * 4, get(to), 0)
      f.increase(from, elements * 4)
      f.increase(to, elements * 4)
    }
    f.repeat(depth >> 2, () => block(4))
    if (depth % 4 > 0) block(depth % 4)
  }
}
