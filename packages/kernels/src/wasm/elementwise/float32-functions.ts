import { float64, operation, shuffle } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { storeBytes } from '../epilogue/store-bytes.ts'
import { hoist } from '../hoist.ts'
import type { GeneratedKernel } from '../kernel.ts'
import { exponentialConstants, exponentialMinusOnePair, exponentialPair } from '../math/exp.ts'
import type { EmitPair } from '../math/exp.ts'
import type { Share } from '../share.ts'
import { elementwiseKernel } from './elementwise-kernel.ts'
import type { ElementwiseOperator } from './operator.ts'
import { unaryWalk } from './walk.ts'

/** A function of float32 that is computed in float64 and rounded once. */
interface WideFunction {
  /** What float64 are made of: four float32 made of the four that the function is applied to. */
  argument(values: Local<'v128'>): Expression<'v128'>
  /** The function of two float64 at a time. */
  begin(f: FunctionBuilder, constants: number): EmitPair
  /** The results, made of those four and of the rounded float64. */
  result(values: Local<'v128'>, rounded: Expression<'v128'>): Expression<'v128'>
}

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
    wideOperator(() => logistic),
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
  return elementwiseKernel(wideOperator(tanh), unaryWalk(elements), share)
}

const upperHalf = [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15]
const bothLowerHalves = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23]

function wideOperator(functionFor: (f: FunctionBuilder) => WideFunction): ElementwiseOperator {
  return {
    ...{ name: 'float32', operandBytes: 4, outputBytes: 4, blockElements: 4, scratchBytes: 0 },
    constants: [exponentialConstants],
    begin(f, { constants: [at = 0] }) {
      const { argument, begin, result } = functionFor(f)
      const apply = begin(f, at)
      const [values, narrow, low, high] = [f.local('v128'), f.local('v128'), f.local('v128'), f.local('v128')]
      return ({ operands: [operand], output, elements }) => {
        f.set(values, operand!.vector(0))
        f.set(narrow, argument(values))
        f.set(low, operation('f64x2.promote_low_f32x4', get(narrow)))
        apply(low)
        f.set(high, operation('f64x2.promote_low_f32x4', shuffle(get(narrow), get(narrow), upperHalf)))
        apply(high)
        const rounded = shuffle(
          operation('f32x4.demote_f64x2_zero', get(low)),
          operation('f32x4.demote_f64x2_zero', get(high)),
          bothLowerHalves,
        )
        f.set(values, result(values, rounded))
        storeBytes(f, values, 0, elements * 4, get(output), 0)
      }
    },
  }
}
