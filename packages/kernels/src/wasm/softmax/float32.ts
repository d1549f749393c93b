import type { SoftmaxFloat32Parameters } from '../../ops/softmax/float32.ts'
import { constant, float32, load, operation, shuffle, store } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { storeBytes } from '../epilogue/store-bytes.ts'
import { hoist } from '../hoist.ts'
import type { GeneratedKernel } from '../kernel.ts'
import { exponentialConstants, exponentialPair } from '../math/exp.ts'
import { spanOf } from '../share.ts'
import type { Share } from '../share.ts'

/** What a generated softmax of float32 is made of. */
export interface SoftmaxFloat32Options extends SoftmaxFloat32Parameters {
  readonly rows: number
  /** The part of the rows that is computed. */
  readonly share?: Share | undefined
}

/**
 * SOFTMAX on float32, equal to `softmaxFloat32` bit for bit: exponentials in float64, two at a time; sums in the order of the
 * elements.
 *
 * @returns undefined for empty tensors.
 */
export function softmaxFloat32Kernel(options: SoftmaxFloat32Options): GeneratedKernel | undefined {
  const { depth, rows, share } = options
  if (rows * depth === 0) return undefined
  const { from: first, to: end } = spanOf(rows, share)
  return {
    name: 'float32',
    constants: [exponentialConstants],
    scratchBytes: 0,
    emit(f, { inputs: [input = 0], output, constants: [numbers = 0] }) {
      const [from, to] = [f.local('i32'), f.local('i32')]
      f.set(from, constant(input + first * depth * 4))
      f.set(to, constant(output + first * depth * 4))
      const largest = f.local('v128')
      const sum = f.local('f32')
      const emitMaximum = beginMaximum(f, depth, largest)
      const emitExponentials = beginExponentials(f, options, numbers, largest, sum)
      f.repeat(end - first, () => {
        emitMaximum(from)
        f.set(sum, float32(0))
        emitExponentials(from, to)
        emitQuotients(f, depth, to, sum)
        f.increase(from, depth * 4)
        f.increase(to, depth * 4)
      })
    },
  }
}

/** Leaves the largest element of a row in all lanes; as in the reference NaN is passed over. */
function beginMaximum(f: FunctionBuilder, depth: number, largest: Local<'v128'>) {
  const include = (values: Expression<'v128'>): void =>
    f.set(largest, operation('f32x4.pmax', get(largest), values))
  const lowest = hoist(f, new Float32Array(4).fill(-Infinity))
  return (from: Local<'i32'>): void => {
    f.set(largest, get(lowest))
    const [rest] = forEachBlock(f, depth, 4, [from], ([at]) => include(load('v128.load', get(at!))))
    for (let at = 0; at < depth % 4; at++) include(load('v128.load32_splat', get(rest!), at * 4))
    include(shuffle(get(largest), get(largest), [8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7]))
    include(shuffle(get(largest), get(largest), [4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11]))
  }
}

/** Writes the exponentials of a row's distances from its largest element to the output, and adds them up. */
function beginExponentials(
  f: FunctionBuilder,
  { depth, beta }: SoftmaxFloat32Parameters,
  numbers: number,
  largest: Local<'v128'>,
  sum: Local<'f32'>,
) {
  const exponential = exponentialPair(f, numbers)
  const vectors = [f.local('v128'), f.local('v128')]
  const pairs = [0, 1, 2, 3].map(() => f.local('v128'))
  const factor = hoist(f, new Float32Array(4).fill(beta))
  const several = ([from, to]: readonly Local<'i32'>[], count: number): void => {
    vectors.slice(0, Math.ceil(count / 4)).forEach((vector, at) => {
      const distances = operation('f32x4.sub', load('v128.load', get(from!), at * 16), get(largest))
      f.set(vector, operation('f32x4.mul', distances, get(factor)))
      f.set(pairs[at * 2]!, operation('f64x2.promote_low_f32x4', get(vector)))
      const upper = shuffle(get(vector), get(vector), upperFirst)
      f.set(pairs[at * 2 + 1]!, operation('f64x2.promote_low_f32x4', upper))
    })
    exponential(...pairs.slice(0, Math.ceil(count / 2)))
    for (let at = 0; at < count; at += 4) {
      const [low, high] = pairs.slice(at / 2).map((pair) => operation('f32x4.demote_f64x2_zero', get(pair)))
      f.set(vectors[0]!, shuffle(low!, high!, lowerOfBoth))
      storeBytes(f, vectors[0]!, 0, Math.min(16, (count - at) * 4), get(to!), at * 4)
    }
    for (let at = 0; at < count; at++) {
      f.set(sum, operation('f32.add', get(sum), load('f32.load', get(to!), at * 4)))
    }
  }
  return (from: Local<'i32'>, to: Local<'i32'>): void => {
    const pointers = forEachBlock(f, depth, 8, [from, to], (at) => several(at, 8))
    if (depth % 8 > 0) several(pointers, depth % 8)
  }
}

const upperFirst = [8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7]
const lowerOfBoth = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23]

/** Divides the exponentials of a row, in place. */
function emitQuotients(f: FunctionBuilder, depth: number, to: Local<'i32'>, sum: Local<'f32'>): void {
  const [divisor, quotients] = [f.local('v128'), f.local('v128')]
  f.set(divisor, operation('f32x4.splat', get(sum)))
  const quotient = (at: Local<'i32'>) => operation('f32x4.div', load('v128.load', get(at)), get(divisor))
  const [rest] = forEachBlock(f, depth, 4, [to], ([at]) =>
    f.emit(store('v128.store', get(at!), quotient(at!))),
  )
  if (depth % 4 === 0) return
  f.set(quotients, quotient(rest!))
  storeBytes(f, quotients, 0, (depth % 4) * 4, get(rest!), 0)
}

/** Runs a body for every whole block of elements with pointers of its own; returns those, where the blocks end. */
function forEachBlock(
  f: FunctionBuilder,
  depth: number,
  size: number,
  starts: readonly Local<'i32'>[],
  body: (pointers: readonly Local<'i32'>[]) => void,
): readonly Local<'i32'>[] {
  const pointers = starts.map((start) => {
    const pointer = f.local('i32')
    f.set(pointer, get(start))
    return pointer
  })
  f.repeat(Math.floor(depth / size), () => {
    body(pointers)
    for (const pointer of pointers) f.increase(pointer, size * 4)
  })
  return pointers
}
