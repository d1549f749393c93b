import type { SoftmaxFloat32Parameters } from '../../ops/softmax/float32.ts'
import { load, operation, shuffle } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { storeBytes } from '../epilogue/store-bytes.ts'
import { hoist } from '../hoist.ts'
import { exponentialPair } from '../math/exp.ts'

/** Leaves the largest element of a row in all lanes; as in the reference NaN is passed over. */
export function beginMaximum(f: FunctionBuilder, depth: number, largest: Local<'v128'>) {
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
export function beginExponentials(
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

/** Runs a body for every whole block of elements with pointers of its own; returns those, where the blocks end. */
export function forEachBlock(
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
