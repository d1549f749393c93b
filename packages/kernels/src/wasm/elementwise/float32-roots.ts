import { float64, operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { GeneratedKernel } from '../kernel.ts'
import type { Share } from '../share.ts'
import { elementwiseKernel } from './elementwise-kernel.ts'
import { unaryWalk } from './walk.ts'
import { wideOperator } from './wide-operator.ts'
import type { WideFunction } from './wide-operator.ts'
import { wordOperator } from './word-arithmetic.ts'

/**
 * SQRT of `elements` float32, equal to the reference bit for bit: that a root is rounded to float64 before it is rounded to
 * float32 changes none.
 */
export function sqrtFloat32Kernel(elements: number, share?: Share): GeneratedKernel {
  const operator = wordOperator('float32', { min: -Infinity, max: Infinity }, (values) =>
    operation('f32x4.sqrt', values!),
  )
  return elementwiseKernel(operator, unaryWalk(elements), share)
}

/** RSQRT of `elements` float32, equal to the reference bit for bit: rounded in float64 twice, then to float32. */
export function rsqrtFloat32Kernel(elements: number, share?: Share): GeneratedKernel {
  const rsqrt: WideFunction = {
    argument: get,
    begin(f) {
      const one = f.local('v128')
      f.set(one, operation('f64x2.splat', float64(1)))
      return (pair) => f.set(pair, operation('f64x2.div', get(one), operation('f64x2.sqrt', get(pair))))
    },
    result: (_, rounded) => rounded,
  }
  return elementwiseKernel(
    wideOperator(() => rsqrt),
    unaryWalk(elements),
    share,
  )
}
