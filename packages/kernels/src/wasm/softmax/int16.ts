import { differenceMultiplier, exponentialCurve, inverseCurve } from '../../ops/softmax/int16.ts'
import type { SoftmaxIntegerParameters } from '../../ops/softmax/parameters.ts'
import { interpolationTable } from '../../shared/interpolated-table.ts'
import { constant, extractLane32, load, operation, select, store } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { beginScaledWords } from '../elementwise/scaled-words.ts'
import { beginStoreQuads } from '../elementwise/store-quads.ts'
import { hoist } from '../hoist.ts'
import type { GeneratedKernel } from '../kernel.ts'
import { beginInterpolation, stepsOf } from '../math/interpolation.ts'
import { spanOf } from '../share.ts'
import type { Share } from '../share.ts'

/** What a generated SOFTMAX of int16 is made of. */
export interface SoftmaxShortsOptions extends Pick<
  SoftmaxIntegerParameters,
  'depth' | 'beta' | 'inputScale'
> {
  readonly rows: number
  /** The part of the rows that is computed. */
  readonly share?: Share | undefined
}

/** Sums of more exponentials may leave 31 bits. */
const largestDepth = 65535

/** Differences have 16 bits beside their signs, and are doubled. */
const mostLeft = 14

/**
 * SOFTMAX on int16, equal to the reference bit for bit.
 *
 * @returns undefined for what it does not compute: empty tensors, rows of more than 65535 elements, and scales of 2.5 and more.
 */
export function softmaxShortsKernel(options: SoftmaxShortsOptions): GeneratedKernel | undefined {
  const { depth, rows, share } = options
  const { shift } = differenceMultiplier(options)
  if (rows * depth === 0 || depth > largestDepth || shift > mostLeft) return undefined
  const { from, to } = spanOf(rows, share)
  return {
    name: 'int16',
    constants: [exponentialCurve, inverseCurve].map((curve) => stepsOf(interpolationTable(curve))),
    scratchBytes: Math.ceil(depth / 8) * 32,
    emit(f, { inputs: [input = 0], output, constants: [exponentials = 0, inverses = 0], scratch }) {
      const [row, target] = [f.local('i32'), f.local('i32')]
      const [largest, sum] = [f.local('i32'), f.local('i32')]
      f.set(row, constant(input + from * depth * 2))
      f.set(target, constant(output + from * depth * 2))
      const takeExponentials = beginExponentials(f, options, exponentials, scratch)
      const writeOutputs = beginOutputs(f, depth, inverses, scratch)
      f.repeat(to - from, () => {
        emitLargest(f, depth, row, largest)
        takeExponentials(row, largest, sum)
        writeOutputs(sum, target)
        f.increase(row, depth * 2)
      })
    },
  }
}

function emitLargest(f: FunctionBuilder, depth: number, row: Local<'i32'>, largest: Local<'i32'>): void {
  const [at, value] = [f.local('i32'), f.local('i32')]
  f.set(at, get(row))
  f.set(largest, constant(-32768))
  f.repeat(depth, () => {
    f.set(value, load('i32.load16_s', get(at)))
    f.set(largest, select(get(value), get(largest), operation('i32.gt_s', get(value), get(largest))))
    f.increase(at, 2)
  })
}

/** Writes the exponentials of a row to scratch memory, four at a time, and their sum to a variable. */
function beginExponentials(
  f: FunctionBuilder,
  options: SoftmaxShortsOptions,
  steps: number,
  scratch: number,
): (row: Local<'i32'>, largest: Local<'i32'>, sum: Local<'i32'>) => void {
  const { multiplier, shift } = differenceMultiplier(options)
  const places = Math.max(0, shift) + 1
  const scale = beginScaledWords(f, { multiplier, right: Math.max(0, -shift), doubled: true })
  const interpolate = beginInterpolation(f, steps)
  const [most, least] = [32767, -32768].map((value) => hoist(f, new Int32Array(4).fill(value)))
  const [at, to] = [f.local('i32'), f.local('i32')]
  const [quad, sums, top] = [f.local('v128'), f.local('v128'), f.local('v128')]
  const takeQuad = (): void => {
    const difference = operation('i32x4.sub', load('v128.load16x4_s', get(at)), get(top))
    f.set(quad, operation('i32x4.shl', difference, constant(places)))
    scale(quad)
    const moved = operation('i32x4.min_s', operation('i32x4.add', get(quad), get(most!)), get(most!))
    f.set(quad, operation('i32x4.max_s', moved, get(least!)))
    interpolate(quad)
    f.emit(store('v128.store', get(to), get(quad)))
  }
  return (row, largest, sum) => {
    f.set(at, get(row))
    f.set(to, constant(scratch))
    f.set(top, operation('i32x4.splat', get(largest)))
    f.set(sums, operation('i32x4.splat', constant(0)))
    const { depth } = options
    f.repeat(depth >> 2, () => {
      takeQuad()
      f.set(sums, operation('i32x4.add', get(sums), get(quad)))
      f.increase(at, 8)
      f.increase(to, 16)
    })
    const rest = depth % 4
    if (rest > 0) {
      takeQuad()
      // What lies behind the row is no part of its sum.
      const inside = hoist(
        f,
        Int32Array.from({ length: 4 }, (_, lane) => (lane < rest ? -1 : 0)),
      )
      f.set(sums, operation('i32x4.add', get(sums), operation('v128.and', get(quad), get(inside))))
    }
    const lanes = [0, 1, 2, 3].map((lane) => extractLane32(get(sums), lane))
    f.set(
      sum,
      lanes.reduce((total, lane) => operation('i32.add', total, lane)),
    )
  }
}

/** Writes the code for the outputs of a row, eight at a time; moves the output address to the next row. */
function beginOutputs(
  f: FunctionBuilder,
  depth: number,
  steps: number,
  scratch: number,
): (sum: Local<'i32'>, target: Local<'i32'>) => void {
  const interpolate = beginInterpolation(f, steps)
  const storeQuads = beginStoreQuads(f, { type: 'int16', zeroPoint: 0, range: { min: 0, max: 32767 } })
  const [at, places] = [f.local('i32'), f.local('i32')]
  const [inverse, half] = [f.local('v128'), f.local('v128')]
  const quads = [f.local('v128'), f.local('v128')]
  return (sum, target) => {
    f.set(places, operation('i32.sub', constant(31), operation('i32.clz', get(sum))))
    f.set(inverse, operation('i32x4.splat', normalized(get(sum), get(places))))
    interpolate(inverse)
    const halfPlace = operation('i32.sub', get(places), constant(1))
    f.set(half, operation('i32x4.splat', operation('i32.shl', constant(1), halfPlace)))
    f.set(at, constant(scratch))
    const several = (count: number): void => {
      quads.forEach((quad, index) => {
        const product = operation('i32x4.mul', load('v128.load', get(at), index * 16), get(inverse))
        f.set(quad, operation('i32x4.shr_s', operation('i32x4.add', product, get(half)), get(places)))
      })
      storeQuads(count > 4 ? quads : quads.slice(0, 1), target, count)
      f.increase(at, 32)
      f.increase(target, count * 2)
    }
    f.repeat(depth >> 3, () => several(8))
    if (depth % 8 > 0) several(depth % 8)
  }
}

/** Where a sum lies between the power of two below and the one above it, `places` bits up, in 2^16 steps from -32768 on. */
function normalized(sum: Expression<'i32'>, places: Expression<'i32'>): Expression<'i32'> {
  const high = operation('i32.shl', sum, operation('i32.sub', constant(30), places))
  const steps = operation('i32.shr_u', operation('i32.add', high, constant(2 ** 13)), constant(14))
  const position = operation('i32.sub', steps, constant(65536 + 32768))
  // Rounded up, a sum may be at the power above.
  const isAbove = operation('i32.eq', position, constant(32768))
  return operation('i32.sub', position, isAbove)
}
