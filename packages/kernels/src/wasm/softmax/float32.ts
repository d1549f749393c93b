import type { SoftmaxFloat32Parameters } from '../../ops/softmax/float32.ts'
import { constant, float32, load, operation, store } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { storeBytes } from '../epilogue/store-bytes.ts'
import type { GeneratedKernel } from '../kernel.ts'
import { exponentialConstants } from '../math/exp.ts'
import { spanOf } from '../share.ts'
import type { Share } from '../share.ts'
import { beginExponentials, beginMaximum, forEachBlock } from './float32-rows.ts'

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
