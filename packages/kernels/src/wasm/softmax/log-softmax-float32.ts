import { constant, float32, load, operation, shuffle, store } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { storeBytes } from '../epilogue/store-bytes.ts'
import type { GeneratedKernel } from '../kernel.ts'
import { exponentialConstants } from '../math/exp.ts'
import { logarithmConstants, logarithmPair } from '../math/logarithm.ts'
import { spanOf } from '../share.ts'
import type { Share } from '../share.ts'
import { beginExponentials, beginMaximum, forEachBlock } from './float32-rows.ts'

/**
 * LOG_SOFTMAX of rows of `depth` float32, equal to `logSoftmaxFloat32` bit for bit.
 *
 * @param share The part of the rows that is computed.
 * @returns undefined for empty tensors.
 */
export function logSoftmaxFloat32Kernel(
  depth: number,
  rows: number,
  share?: Share,
): GeneratedKernel | undefined {
  if (rows * depth === 0) return undefined
  const { from: first, to: end } = spanOf(rows, share)
  return {
    name: 'float32',
    constants: [exponentialConstants, logarithmConstants],
    scratchBytes: 0,
    emit(f, { inputs: [input = 0], output, constants: [exponentials = 0, logarithms = 0] }) {
      const [from, to] = [f.local('i32'), f.local('i32')]
      f.set(from, constant(input + first * depth * 4))
      f.set(to, constant(output + first * depth * 4))
      const [largest, logarithm, sum] = [f.local('v128'), f.local('v128'), f.local('f32')]
      const emitMaximum = beginMaximum(f, depth, largest)
      // The exponentials are added up where the outputs will be.
      const emitExponentials = beginExponentials(f, { depth, beta: 1 }, exponentials, largest, sum)
      const emitLogarithm = logarithmPair(f, logarithms)
      f.repeat(end - first, () => {
        emitMaximum(from)
        f.set(sum, float32(0))
        emitExponentials(from, to)
        f.set(logarithm, operation('f64x2.splat', operation('f64.promote_f32', get(sum))))
        emitLogarithm(logarithm)
        const rounded = operation('f32x4.demote_f64x2_zero', get(logarithm))
        f.set(logarithm, shuffle(rounded, rounded, firstEverywhere))
        emitDifferences(f, depth, { from, to, largest, logarithm })
        f.increase(from, depth * 4)
        f.increase(to, depth * 4)
      })
    },
  }
}

const firstEverywhere = [0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3]

interface Row {
  readonly from: Local<'i32'>
  readonly to: Local<'i32'>
  readonly largest: Local<'v128'>
  readonly logarithm: Local<'v128'>
}

function emitDifferences(f: FunctionBuilder, depth: number, { from, to, largest, logarithm }: Row): void {
  const outputs = f.local('v128')
  const differences = (at: Local<'i32'>) => {
    const distances = operation('f32x4.sub', load('v128.load', get(at)), get(largest))
    return operation('f32x4.sub', distances, get(logarithm))
  }
  const [at, target] = forEachBlock(f, depth, 4, [from, to], (pointers) =>
    f.emit(store('v128.store', get(pointers[1]!), differences(pointers[0]!))),
  )
  if (depth % 4 === 0) return
  f.set(outputs, differences(at!))
  storeBytes(f, outputs, 0, (depth % 4) * 4, get(target!), 0)
}
