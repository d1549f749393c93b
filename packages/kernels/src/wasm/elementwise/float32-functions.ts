import { float64, operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder } from '../assembler/function-builder.ts'
import { hoist } from '../hoist.ts'
import type { GeneratedKernel } from '../kernel.ts'
import { exponentialConstants, exponentialMinusOnePair, exponentialPair } from '../math/exp.ts'
import type { Share } from '../share.ts'
import { elementwiseKernel } from './elementwise-kernel.ts'
import { unaryWalk } from './walk.ts'
import { wideOperator } from './wide-operator.ts'
import type { WideFunction } from './wide-operator.ts'

/** LOGISTIC of `elements` float32, equal to the reference bit for bit. */
export function logisticKernel(elements: number, share?: Share): GeneratedKernel {
  const logistic: WideFunction = {
    argument: (values) => operation('f32x4.neg', get(values)),
    begin(f, constants) {
      const exponential = exponentialPair(f, constants)
      const one = f.local('v128')
      f.set(one, operation('f64x2.splat', float64(1)))
      return (pair) => {
        exponential(pair)
        f.set(pair, operation('f64x2.div', get(one), operation('f64x2.add', get(one), get(pair))))
      }
    },
    result: (_, rounded) => rounded,
  }
  return elementwiseKernel(
    wideOperator(() => logistic, exponentialConstants),
    unaryWalk(elements),
    share,
  )
}

/** TANH of `elements` float32, equal to the reference bit for bit: of the magnitude, with the sign put back. */
export function tanhKernel(elements: number, share?: Share): GeneratedKernel {
  const tanh = (f: FunctionBuilder): WideFunction => {
    const minusTwo = hoist(f, new Float32Array(4).fill(-2))
    const allButSign = hoist(f, new Int32Array(4).fill(0x7fffffff))
    return {
      argument: (values) => operation('f32x4.mul', operation('f32x4.abs', get(values)), get(minusTwo)),
      begin(_, constants) {
        const exponentialMinusOne = exponentialMinusOnePair(f, constants)
        const wideMinusTwo = f.local('v128')
        f.set(wideMinusTwo, operation('f64x2.splat', float64(-2)))
        return (pair) => {
          exponentialMinusOne(pair)
          // -t / (2 + t): moving the sign changes no rounding.
          const denominator = operation('f64x2.sub', get(wideMinusTwo), get(pair))
          f.set(pair, operation('f64x2.div', get(pair), denominator))
        }
      },
      result: (values, rounded) => operation('v128.bitselect', rounded, get(values), get(allButSign)),
    }
  }
  return elementwiseKernel(wideOperator(tanh, exponentialConstants), unaryWalk(elements), share)
}

/** EXP of `elements` float32, equal to the reference bit for bit. */
export function expKernel(elements: number, share?: Share): GeneratedKernel {
  const exponential: WideFunction = {
    argument: get,
    begin: exponentialPair,
    result: (_, rounded) => rounded,
  }
  return elementwiseKernel(
    wideOperator(() => exponential, exponentialConstants),
    unaryWalk(elements),
    share,
  )
}

/** ELU of `elements` float32, equal to the reference bit for bit. */
export function eluKernel(elements: number, share?: Share): GeneratedKernel {
  const elu = (f: FunctionBuilder): WideFunction => {
    const zero = hoist(f, new Float32Array(4))
    return {
      argument: (values) => operation('f32x4.pmin', get(values), get(zero)),
      begin: exponentialMinusOnePair,
      result: (values, rounded) =>
        operation('v128.bitselect', rounded, get(values), operation('f32x4.lt', get(values), get(zero))),
    }
  }
  return elementwiseKernel(wideOperator(elu, exponentialConstants), unaryWalk(elements), share)
}
