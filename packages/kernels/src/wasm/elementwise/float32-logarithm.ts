import { operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder } from '../assembler/function-builder.ts'
import { hoist } from '../hoist.ts'
import type { GeneratedKernel } from '../kernel.ts'
import { logarithmConstants, logarithmPair } from '../math/logarithm.ts'
import type { Share } from '../share.ts'
import { elementwiseKernel } from './elementwise-kernel.ts'
import { unaryWalk } from './walk.ts'
import { wideOperator } from './wide-operator.ts'
import type { WideFunction } from './wide-operator.ts'

/**
 * LOG of `elements` float32, equal to the reference bit for bit. Float32 above 0 are normal numbers as float64, the smallest
 * ones too; all others are put in afterwards.
 */
export function logFloat32Kernel(elements: number, share?: Share): GeneratedKernel {
  return elementwiseKernel(wideOperator(logarithm, logarithmConstants), unaryWalk(elements), share)
}

function logarithm(f: FunctionBuilder): WideFunction {
  const zero = hoist(f, new Float32Array(4))
  const infinity = hoist(f, new Float32Array(4).fill(Infinity))
  const minusInfinity = hoist(f, new Float32Array(4).fill(-Infinity))
  return {
    argument: get,
    begin: logarithmPair,
    result(values, rounded) {
      const isAbove = operation('f32x4.gt', get(values), get(zero))
      const isFinite = operation('f32x4.lt', get(values), get(infinity))
      // All bits are NaN, those of -Infinity on top of either zero are itself; NaN and Infinity stay what they are.
      const isBelow = operation('f32x4.lt', get(values), get(zero))
      const atZero = operation('v128.and', operation('f32x4.eq', get(values), get(zero)), get(minusInfinity))
      const others = operation('v128.or', operation('v128.or', get(values), isBelow), atZero)
      return operation('v128.bitselect', rounded, others, operation('v128.and', isAbove, isFinite))
    },
  }
}
