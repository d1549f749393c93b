import { constant, load, operation, store } from '../assembler/expression.ts'
import { functionBuilder, get } from '../assembler/function-builder.ts'
import type { Local } from '../assembler/function-builder.ts'
import { moduleBytes } from '../assembler/module.ts'
import { float32Fused, i16, usdot } from '../inner-loop.ts'
import type { InnerLoop } from '../inner-loop.ts'
import { extremeInputs, extremeWeights } from './dot-case.ts'
import { exactDot } from './exact-dot.ts'
import { roundedProducts } from './fused-product.ts'

/** True when the engine runs 128-bit vectors. */
export function runsVectors(): boolean {
  return typeof WebAssembly === 'object' && WebAssembly.validate(probeModule(i16))
}

/** True when the engine has fused products of float32, which it may still round twice. */
export function runsFusedProducts(): boolean {
  return runsVectors() && WebAssembly.validate(probeModule(float32Fused))
}

let isExactHere: boolean | undefined

/**
 * True when the dot product of {@link usdot} is exact here, and products of float32 are rounded together with sums, as what
 * follows such sums takes for granted: found out by computing, once.
 */
export function runsExactDot(): boolean {
  isExactHere ??= isExactDot(usdot, float32Fused)
  return isExactHere
}

/** Bytes that follow one another such that every pair of extreme ones does, and the first of them again for windows at the end. */
function everyPair(extremes: readonly number[]): readonly number[] {
  // Lyndon words of one and two letters in alphabetic order make a de Bruijn sequence.
  const pairs = extremes.flatMap((first, at) => [
    first,
    ...extremes.slice(at + 1).flatMap((second) => [first, second]),
  ])
  return [...pairs, ...pairs.slice(0, windowBytes - 1)]
}

const windowBytes = 16
const windows = extremeInputs.length ** 2
/** Addresses of extreme inputs and weights in the probe's memory. */
const [inputAt, weightsAt] = [0, 64]

/**
 * Computes dot products of extreme bytes, every pair of inputs with every pair of weights in every place, and compares them with
 * what baseline instructions make of them. Once: 48 times, which took more than a millisecond of every start, did not make
 * the optimizing compiler of Node 24 take over before the end, either.
 *
 * @param products a loop of float32 that has to round products together with sums, if one is to be looked at.
 * @returns false, too, for an instruction that the engine does not know.
 */
export function isExactDot(inner: InnerLoop, products?: InnerLoop): boolean {
  const module = moduleOf(comparingModule(inner, products))
  if (module === undefined) return false
  const { exports } = new WebAssembly.Instance(module)
  const { buffer } = exports['memory'] as WebAssembly.Memory
  new Uint8Array(buffer, inputAt).set(everyPair(extremeInputs))
  new Int8Array(buffer, weightsAt).set(everyPair(extremeWeights))
  return (exports['differs'] as () => number)() === 0
}

/** A module whose function `differs` returns whether an inner loop is inexact for any windows of the extreme bytes, or one for products. */
function comparingModule(inner: InnerLoop, products?: InnerLoop): Uint8Array<ArrayBuffer> {
  const f = functionBuilder()
  const [inputOffset, weightsOffset] = [f.local('i32'), f.local('i32')]
  const difference = f.local('v128')
  const sums = f.local('v128')
  const forEachWindow = (offset: Local<'i32'>, body: () => void): void => {
    f.set(offset, constant(0))
    f.repeat(windows, () => {
      body()
      f.increase(offset, 1)
    })
  }
  const compare = (): void => {
    const input = load('v128.load', get(inputOffset), inputAt)
    const weights = load('v128.load', get(weightsOffset), weightsAt)
    // Sums of either sign, far from where they would overflow.
    f.set(sums, operation('i32x4.shr_s', weights, constant(8)))
    const [found, exact] = [inner.accumulate, exactDot].map((dot) => dot(get(sums), input, weights))
    f.set(difference, operation('v128.or', get(difference), operation('v128.xor', found!, exact!)))
  }
  if (products !== undefined) f.set(difference, roundedProducts(products))
  forEachWindow(inputOffset, () => forEachWindow(weightsOffset, compare))
  const code = f.finish(operation('v128.any_true', get(difference)))
  return moduleBytes({ functions: [{ parameters: 0, results: 1, code, exportName: 'differs' }], pages: 1 })
}

/** The module of bytes; undefined where the engine does not know one of its instructions. */
function moduleOf(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module | undefined {
  try {
    return new WebAssembly.Module(bytes)
  } catch {
    return undefined
  }
}

/** A module that holds an inner loop: engines that do not know its instructions refuse it. */
function probeModule(inner: InnerLoop): Uint8Array<ArrayBuffer> {
  const f = functionBuilder()
  const vector = load('v128.load', constant(0))
  f.emit(store('v128.store', constant(0), inner.accumulate(vector, vector, vector)))
  return moduleBytes({ functions: [{ parameters: 0, code: f.finish() }], pages: 1 })
}
